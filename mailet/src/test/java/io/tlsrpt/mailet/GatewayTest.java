// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.util.Map;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Mails from behind a gateway that verifies: RFC 8601. The From domain is reports.reporter.example.
 */
class GatewayTest {
  private static final String GATEWAY = "mx.example.com";

  private final ReceiverFixture receiver = new ReceiverFixture();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mx.example.com; dkim=pass header.d=reporter.example | accepted",
        "MX.Example.com 1; dkim=pass header.d=Reporter.Example | accepted",
        "mx.example.com; dkim=pass header.i=@reporter.example | accepted",
        "mx.example.com; dkim=pass header.i=a@reports.reporter.example | accepted",
        "mx.example.com; dkim=fail header.d=reporter.example; dkim=pass header.d=reporter.example | accepted",
        "mx.example.com; spf=pass; dkim=pass header.d=stranger.example | rejected dkim-misaligned",
        "mx.example.com; dkim=pass header.d=example | rejected dkim-misaligned",
        "mx.example.com; dkim=pass | rejected dkim-misaligned",
        "mx.example.com; dkim=fail header.d=reporter.example | rejected dkim-failed",
        "mx.example.com; dkim=temperror header.d=reporter.example | rejected dkim-failed",
        "mx.example.com; dkim=none | rejected dkim-missing",
        "mx.example.com; none | rejected dkim-missing",
        "mx.example.com; spf=pass header.d=reporter.example | rejected dkim-missing",
        "mx.example.org; dkim=pass header.d=reporter.example | rejected dkim-missing",
        "mx.example.com.evil.example; dkim=pass header.d=reporter.example | rejected dkim-missing",
      })
  void itsWordShouldBeTaken(String results, String outcome) throws MessagingException {
    assertThat(judged("Authentication-Results: " + results)).isEqualTo(outcome);
  }

  @Test
  void noWordShouldBeNoSignature() throws MessagingException {
    assertThat(judged("X-Other: field")).isEqualTo("rejected dkim-missing");
    assertThat(receiver.rejections()).isEqualTo(Map.of("dkim-missing", 1L));
  }

  @Test
  void onlyItsTopmostFieldShouldCount() throws MessagingException {
    assertThat(
            judged(
                """
                Authentication-Results: other.example; dkim=pass header.d=reporter.example
                Authentication-Results: mx.example.com; dkim=fail header.d=reporter.example
                Authentication-Results: mx.example.com; dkim=pass header.d=reporter.example"""))
        .isEqualTo("rejected dkim-failed");
  }

  private String judged(String field) throws MessagingException {
    String mail = ReportMails.mail(ReportMails.report("1", "example.com", 5, 1));
    FakeMail judged = ReportMails.fakeMail(field + "\n" + mail);
    receiver.strictMailet("trustedAuthservId", GATEWAY).service(judged);
    return ReceiverFixture.outcome(judged);
  }
}
