// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.mailet.james.KeptHeader;
import io.tlsrpt.mailet.james.MailReader;
import io.tlsrpt.mailet.james.MailReader.NotJudgedException;
import io.tlsrpt.message.RawMail;
import io.tlsrpt.receiver.intake.Checked.Passed;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.Test;

/** From James' SMTP server to our mailet, through a queue that copies as James' do. */
class HeaderOctetsHookTest {
  private static final String MAIL =
      """
      Received: from here (?) by there
      From: B\u00fccher <a@reporter.example>
      Subject: =?utf-8?Q?a?= \u00e9
      \tb?

      k\u00f6rper?
      """
          .replace("\n", "\r\n");

  @Test
  void queueShouldLoseTheOctets() throws Exception {
    // The fault that the hook is for. If James loses it, the other tests prove nothing.
    assertThat(read(queued(received(MAIL)))).contains("From: B?cher").contains("k\u00f6rper?");
  }

  @Test
  void keptHeaderShouldBeBroughtBack() throws Exception {
    assertThat(read(queued(hooked(received(MAIL))))).isEqualTo(MAIL);
  }

  @Test
  void everyOctetAbove127ShouldBeBroughtBack() throws Exception {
    StringBuilder all = new StringBuilder("Subject: ");
    for (char octet = 0x80; octet <= 0xff; octet++) {
      all.append(octet);
    }
    String mail = all.append("\r\n\r\nbody\r\n").toString();

    assertThat(read(queued(hooked(received(mail))))).isEqualTo(mail);
  }

  @Test
  void headerThatWasChangedSinceShouldStayAsItIs() throws Exception {
    Mail mail = queued(hooked(received(MAIL)));
    mail.getMessage().setHeader("Subject", "Another one");

    assertThat(read(mail)).contains("From: B?cher").contains("Subject: Another one");
  }

  @Test
  void headerWithoutSuchOctetsShouldNotBeKept() throws Exception {
    Mail mail = hooked(received(MAIL.replace('\u00fc', 'u').replace('\u00e9', 'e')));

    assertThat(mail.attributes()).isEmpty();
  }

  @Test
  void longHeaderShouldNotBeKept() throws Exception {
    Mail longest = hooked(received(headerOf(KeptHeader.MAX_LENGTH)));
    Mail longer = hooked(received(headerOf(KeptHeader.MAX_LENGTH + 1)));

    assertThat(longest.attributes()).hasSize(1);
    assertThat(longer.attributes()).isEmpty();
  }

  @Test
  void mailWithoutABodyShouldNotBeKept() throws Exception {
    assertThat(hooked(received("From: B\u00fccher")).attributes()).isEmpty();
  }

  @Test
  void mailThatCannotBeReadShouldBeTakenAllTheSame() throws Exception {
    MailImpl mail = MailImpl.builder().name("mail-1").state("root").build();
    assertThat(hooked(mail).attributes()).isEmpty();

    mail.setMessageNoCopy(
        new MimeMessageWrapper(
            new MimeMessageSource() {
              @Override
              public String getSourceId() {
                return "mail-1";
              }

              @Override
              public InputStream getInputStream() throws IOException {
                throw new IOException("the disk is gone");
              }
            }));
    assertThat(hooked(mail).attributes()).isEmpty();
  }

  private static String headerOf(int length) {
    String start = "From: B\u00fccher\r\nX-Long: ";
    return start + "x".repeat(length - start.length() - 4) + "\r\n\r\nbody";
  }

  private static MailImpl received(String mail) throws MessagingException {
    MailImpl received = MailImpl.builder().name("mail-1").state("root").build();
    received.setMessageNoCopy(
        new MimeMessageWrapper(
            MimeMessageInputStreamSource.create(
                "mail-1", new ByteArrayInputStream(mail.getBytes(ISO_8859_1)))));
    return received;
  }

  private static MailImpl hooked(MailImpl mail) {
    assertThat(hook(mail)).isEqualTo(HookResult.DECLINED);
    return mail;
  }

  private static HookResult hook(MailImpl mail) {
    SMTPSession session =
        (SMTPSession)
            Proxy.newProxyInstance(
                SMTPSession.class.getClassLoader(),
                new Class<?>[] {SMTPSession.class},
                (proxy, method, arguments) -> {
                  throw new UnsupportedOperationException("the session is not asked");
                });
    return new HeaderOctetsHook().onMessage(session, mail);
  }

  /** The mail as James' memory queue hands it on. */
  private static Mail queued(MailImpl mail) throws MessagingException {
    MailImpl copy = MailImpl.duplicate(mail);
    copy.setMessage(new MimeMessage(mail.getMessage()));
    return copy;
  }

  private static String read(Mail mail) throws NotJudgedException {
    Passed<RawMail, Rejected> reading =
        (Passed<RawMail, Rejected>) new MailReader(1 << 20).read(mail, "mail-1");
    RawMail octets = reading.value();
    return new String(octets.bytes(), 0, octets.size(), ISO_8859_1);
  }
}
