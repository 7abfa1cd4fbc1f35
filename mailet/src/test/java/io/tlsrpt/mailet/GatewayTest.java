// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tlsrpt.testing.ReportMails;
import jakarta.mail.MessagingException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /**
   * A gateway may write one field for each method, in any order, if no other field is between them.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SPF / PASS | accepted",
        "PASS / SPF | accepted",
        "SPF / DMARC / PASS | accepted",
        "DMARC / PASS / SPF | accepted",
        "NOTHING / PASS | accepted",
        "OTHER / SPF / PASS | accepted",
        "SPF / FAIL / PASS | rejected dkim-failed",
        "FAIL / PASS | rejected dkim-failed",
        "SPF / NONE / PASS | rejected dkim-missing",
        "SPF / X / PASS | rejected dkim-missing",
        "SPF / OTHER / PASS | rejected dkim-missing",
        "SPF / ARC / PASS | rejected dkim-missing",
        "SPF / NO-ID / PASS | rejected dkim-missing",
        "SPF / QUOTED | rejected dkim-failed",
        "SPF / COMMENT | rejected dkim-failed",
        "QUOTED / PASS | rejected dkim-failed",
        "SPF / DMARC | rejected dkim-missing",
        "NO-ID | rejected dkim-missing",
      })
  void adjacentFieldsShouldBeReadAsOne(String fields, String outcome) throws MessagingException {
    assertThat(
            judged(
                Arrays.stream(fields.split(" / "))
                    .map(GatewayTest::field)
                    .collect(Collectors.joining("\n"))))
        .isEqualTo(outcome);
  }

  private static String field(String name) {
    String results = "Authentication-Results: ";
    return switch (name) {
      case "PASS" -> results + "mx.example.com;\n dkim=pass header.d=reporter.example";
      case "FAIL" -> results + "mx.example.com; dkim=fail header.d=reporter.example";
      case "NONE" -> results + "mx.example.com; dkim=none";
      case "SPF" -> results + "mx.example.com;\n spf=pass smtp.mailfrom=reporter.example";
      case "DMARC" -> results + "Mx.Example.Com 1; dmarc=pass header.from=reporter.example";
      case "NOTHING" -> results + "mx.example.com; none";
      case "QUOTED" -> results + "\"mx.example.com\"; dkim=pass header.d=reporter.example";
      case "COMMENT" -> results + "(c) mx.example.com; dkim=pass header.d=reporter.example";
      case "OTHER" -> results + "mx.example.org; dkim=pass header.d=reporter.example";
      case "ARC" -> "ARC-" + results + "i=1; mx.example.com; dkim=pass header.d=reporter.example";
      case "NO-ID" -> results + "spf=pass (c) smtp.mailfrom=x; dkim=pass header.d=reporter.example";
      case "X" -> "X-Other: field";
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Exchange Online begins the field with a method. Any sender of a mail could write the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {"spf", "SPF", "dkim", "dmarc", "arc", "iprev", "auth", "compauth", "none", "bimi"})
  void methodShouldBeNoAuthservId(String method) {
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> receiver.strictMailet("trustedAuthservId", method))
        .withMessageStartingWith(
            "TlsReportMailet: parameter trustedAuthservId is '" + method + "'; allowed: one ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spf.example.com", "mx", "dkim1", "mx-spf", "mx.example.com:25"})
  void nameLikeAMethodShouldDo(String id) throws MessagingException {
    receiver.strictMailet("trustedAuthservId", id);
  }

  private String judged(String field) throws MessagingException {
    String mail = ReportMails.mail(ReportMails.report("1", "example.com", 5, 1));
    FakeMail judged = JamesMails.fakeMail(field + "\n" + mail);
    receiver.strictMailet("trustedAuthservId", GATEWAY).service(judged);
    return ReceiverFixture.outcome(judged);
  }
}
