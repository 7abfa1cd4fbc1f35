// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import org.apache.james.core.MailAddress;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMatcherConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsTlsReportTest {
  @Test
  void addressesShouldMatchTheirRecipientsWhateverTheHeader() throws MessagingException {
    IsTlsReport matcher = matcher("TLSRPT@example.com, reports@example.org");

    assertThat(matcher.match(mail("Content-Type: text/plain")))
        .containsExactly(new MailAddress("tlsrpt@example.com"));
  }

  @Test
  void otherRecipientsShouldNotMatch() throws MessagingException {
    IsTlsReport matcher = matcher("reports@example.org");

    assertThat(matcher.match(mail("TLS-Report-Domain: example.com"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: multipart/report; report-type=\"tlsrpt\"; boundary=b",
        "Content-Type: Multipart/Report; boundary=\"b\"; report-type=TLSRPT;",
        "Content-Type: application/tlsrpt+gzip",
        "Content-Type: application/TLSRPT+json; name=\"a.json\"",
        "Content-Type: multipart/mixed; boundary=b\nTLS-Report-Domain: example.com",
        "TLS-Report-Submitter: reporter.example",
      })
  void headerOfAReportShouldMatchAllRecipients(String header) throws MessagingException {
    assertThat(matcher(null).match(mail(header)))
        .containsExactlyInAnyOrder(
            new MailAddress("tlsrpt@example.com"), new MailAddress("someone@example.com"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        "Content-Type: multipart/mixed; boundary=b; report-type=tlsrpt",
        "Content-Type: application/gzip",
        "Content-Type: ;;;",
        "X-Other: TLS-Report-Domain",
      })
  void otherHeadersShouldNotMatch(String header) throws MessagingException {
    assertThat(matcher(null).match(mail(header))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tlsrpt",
        "example.com",
        "a@example.com,,b@example.com",
        "a@example.com,",
        "a@b@c",
        "@example.com",
        "a@",
        "*@example.com",
        "*",
        "tlsrpt-*@example.com",
        "a@*.example.com",
        "mailto:tlsrpt@example.com",
        "<tlsrpt@example.com>",
        "TLS <tlsrpt@example.com>",
        "a@example.com;b@example.com",
        "a@example.com b@example.com",
        "a@exa mple.com",
      })
  void badAddressShouldStopJamesWithAMessage(String condition) {
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> matcher(condition))
        .withMessageContaining("IsTlsReport=" + condition)
        .withMessageContaining("allowed: a comma list of addresses, or IsTlsReport alone");
  }

  @Test
  void bodyShouldNeverBeLookedAt() throws MessagingException {
    MimeMessage onlyHeader =
        new MimeMessage(JamesMails.message("TLS-Report-Domain: example.com\n\nbody")) {
          @Override
          protected InputStream getContentStream() {
            throw new AssertionError("the body is read");
          }

          @Override
          public InputStream getRawInputStream() {
            throw new AssertionError("the body is read");
          }
        };
    FakeMail mail =
        FakeMail.builder()
            .name("mail-1")
            .recipient("tlsrpt@example.com")
            .mimeMessage(onlyHeader)
            .build();

    assertThat(matcher(null).match(mail)).hasSize(1);
  }

  @Test
  void nothingShouldEscape() throws MessagingException {
    MimeMessage broken =
        new MimeMessage(JamesMails.message("X: y\n\n")) {
          @Override
          public String[] getHeader(String name) {
            throw new NoSuchMethodError("from another version of the server");
          }
        };
    FakeMail mail =
        FakeMail.builder()
            .name("mail-1")
            .recipient("tlsrpt@example.com")
            .mimeMessage(broken)
            .build();

    assertThat(matcher(null).match(mail)).isEmpty();
  }

  @Test
  void headerThatTheServerCannotGiveShouldBeNoAnswer() throws MessagingException {
    FakeMail mail = mail("Subject: x");
    mail.setMessage(
        new MimeMessage(JamesMails.message("X: y\n\n")) {
          @Override
          public String[] getHeader(String name) throws MessagingException {
            throw new MessagingException("the store of mails is out of reach");
          }
        });
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> matcher(null).match(mail))
        .withMessage("the store of mails is out of reach");
    mail.setMessage(
        new MimeMessage(JamesMails.message("X: y\n\n")) {
          @Override
          public String[] getHeader(String name) {
            throw new OutOfMemoryError("a test's");
          }
        });
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> matcher(null).match(mail))
        .withMessageContaining("a test's");
  }

  private static IsTlsReport matcher(@Nullable String condition) throws MessagingException {
    IsTlsReport matcher = new IsTlsReport();
    FakeMatcherConfig.Builder config = FakeMatcherConfig.builder().matcherName("IsTlsReport");
    matcher.init((condition == null ? config : config.condition(condition)).build());
    return matcher;
  }

  private static FakeMail mail(String header) throws MessagingException {
    return FakeMail.builder()
        .name("mail-1")
        .recipients("tlsrpt@example.com", "someone@example.com")
        .mimeMessage(JamesMails.message(header + "\n\nbody\n"))
        .build();
  }
}
