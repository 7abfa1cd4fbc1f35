// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static io.tlsrpt.testing.ReportMails.mail;
import static io.tlsrpt.testing.ReportMails.report;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a report's own way says of the failure it tells of, where James 3.9 notes it. */
class TlsOfReportsTest {
  private static final String FAILURE =
      "io.tlsrpt:type=Failure,domain=example.com,resultType=starttls-not-supported";
  private static final String DETAILS =
      "\"failure-details\": [{\"result-type\": \"starttls-not-supported\", \"failed-session-count\": 2}],";
  private static final AttributeName PROTOCOL = AttributeName.of("org.apache.james.ssl.protocol");

  private final ReceiverFixture receiver = new ReceiverFixture();

  @AfterEach
  void stop() {
    receiver.stop();
  }

  @Test
  void reportOverTlsShouldBeEvidence() throws MessagingException {
    receiver.mailet().service(over(AttributeValue.of("TLSv1.3")));

    assertThat(evidence())
        .hasSize(2)
        .endsWith(
            "2 Jun 2026 15:00 UTC: a report of reporter.example came to this server over"
                + " TLSv1.3; that says nothing of certificates, nor of other MX hosts");
  }

  /** As conf/mailetcontainer.xml has it judged again: rejected long ago, without its outcome. */
  @Test
  void mailThatIsJudgedAgainShouldBeNone() throws MessagingException {
    FakeMail mail = over(AttributeValue.of("TLSv1.3"));
    TlsReportMailet ignoring = receiver.mailet("ignoredReporters", "reporter.example");
    ignoring.service(mail);
    assertThat(ReceiverFixture.outcome(mail)).startsWith("rejected");
    receiver.stop();
    mail.removeAttribute(AttributeName.of(TlsReportMailet.OUTCOME));
    mail.removeAttribute(AttributeName.of(TlsReportMailet.REASON));
    receiver.mailet().service(mail);

    assertThat(evidence()).hasSize(1);
  }

  @Test
  void tlsOfAGatewayShouldBeNone() throws MessagingException {
    receiver
        .mailet("trustedAuthservId", "gateway.example")
        .service(over(AttributeValue.of("TLSv1.3")));

    assertThat(evidence()).hasSize(1);
  }

  @Test
  void reportInClearTextShouldBeNone() throws MessagingException {
    receiver.mailet().service(mailOfFailure());

    assertThat(evidence()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSLv3", "", "TLSv1.3 ", "TLSv1.3\nx", "TLSv1.33"})
  void otherWordsShouldBeNone(String protocol) throws MessagingException {
    receiver.mailet().service(over(AttributeValue.of(protocol)));

    assertThat(evidence()).hasSize(1);
  }

  @Test
  void whatIsNoTextShouldBeNone() throws MessagingException {
    receiver.mailet().service(over(AttributeValue.of(13)));

    assertThat(evidence()).hasSize(1);
  }

  private static FakeMail over(AttributeValue<?> protocol) throws MessagingException {
    FakeMail mail = mailOfFailure();
    mail.setAttribute(new Attribute(PROTOCOL, protocol));
    return mail;
  }

  private static FakeMail mailOfFailure() throws MessagingException {
    return JamesMails.fakeMail(
        mail(
            report("1", "example.com", 1, 2)
                .replace("\"policies\": [{", "\"policies\": [{" + DETAILS)));
  }

  private String[] evidence() {
    return (String[]) receiver.value(FAILURE, "Evidence");
  }
}
