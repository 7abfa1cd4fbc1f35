// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tlsrpt.mailet.james.JamesOutbox;
import io.tlsrpt.notifications.NotSentException;
import io.tlsrpt.notifications.NoticeMail;
import io.tlsrpt.notifications.Sender;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.apache.mailet.base.test.FakeMatcherConfig;
import org.junit.jupiter.api.Test;

class JamesOutboxTest {
  private static final NoticeMail NOTICE =
      new NoticeMail(
          Instant.parse("2026-11-25T09:10:00Z"),
          new Sender("postmaster@example.com", "mail1"),
          "TLS reports: " + "a-long-name.".repeat(15) + "example loses mail since 24 Nov",
          "certificate-expired.example.com.20261124@example.com",
          List.of("first@example.com", "second@example.com"),
          "Größe \n\n   mx\n");

  private final List<Mail> sent = new ArrayList<>();

  private final MailetContext context = context(mail -> sent.add(MailImpl.duplicate(mail)));

  @Test
  void mailShouldBearItsHeaderAndItsText()
      throws MessagingException, NotSentException, IOException {
    MimeMessage message = send().getMessage();

    assertThat(message.getHeader("Message-ID"))
        .containsExactly("<certificate-expired.example.com.20261124@example.com>");
    assertThat(message.getHeader("In-Reply-To", null))
        .isEqualTo("<first@example.com> <second@example.com>");
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(message.getHeader("List-Id")).containsExactly("TLS reports <tlsrpt.example.com>");
    assertThat(message.getHeader("Date")).containsExactly("Wed, 25 Nov 2026 09:10:00 +0000");
    assertThat(message.getHeader("To", null)).isEqualTo("admin@example.net, ops@example.net");
    assertThat(message.getContentType()).isEqualTo("text/plain; charset=UTF-8; format=flowed");
    assertThat(message.getSubject()).isEqualTo(NOTICE.subject());
    assertThat(message.getContent()).isEqualTo("Größe \r\n\r\n   mx\r\n");
  }

  @Test
  void envelopeSenderShouldBeEmpty() throws NotSentException {
    Mail mail = send();

    assertThat(mail.getMaybeSender().isNullSender()).isTrue();
    assertThat(mail.getRecipients())
        .extracting(MailAddress::asString)
        .containsExactlyInAnyOrder("admin@example.net", "ops@example.net");
  }

  @Test
  void mailShouldNeverBeTakenForAReport() throws MessagingException, NotSentException {
    Mail mail = send();
    for (String condition : List.of("admin@example.net", "")) {
      IsTlsReport matcher = new IsTlsReport();
      FakeMatcherConfig.Builder config = FakeMatcherConfig.builder().matcherName("IsTlsReport");
      matcher.init((condition.isEmpty() ? config : config.condition(condition)).build());

      assertThat(matcher.match(mail)).isEmpty();
      mail.getMessage().setHeader("TLS-Report-Domain", "example.com");
      assertThat(matcher.match(mail)).isEmpty();
    }
  }

  @Test
  void refusalShouldBeTold() {
    MailetContext refusing =
        context(
            mail -> {
              throw new MessagingException("the queue is closed");
            });

    assertThatExceptionOfType(NotSentException.class)
        .isThrownBy(() -> new JamesOutbox(refusing).send(NOTICE, List.of("admin@example.net")))
        .withMessageContaining("the queue is closed");
  }

  /** A server's queue. */
  private interface Spool {
    void add(Mail mail) throws MessagingException;
  }

  private static MailetContext context(Spool spool) {
    return (MailetContext)
        Proxy.newProxyInstance(
            MailetContext.class.getClassLoader(),
            new Class<?>[] {MailetContext.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("sendMail");
              spool.add((Mail) arguments[0]);
              return null;
            });
  }

  private Mail send() throws NotSentException {
    new JamesOutbox(context).send(NOTICE, List.of("admin@example.net", "ops@example.net"));
    return sent.getLast();
  }
}
