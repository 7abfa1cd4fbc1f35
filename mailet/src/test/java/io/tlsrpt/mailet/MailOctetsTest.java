// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.mailet.james.MailOctets;
import io.tlsrpt.message.RawMail;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Properties;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.Test;

/** James' own message, in each state that an earlier mailet may leave it in. */
class MailOctetsTest {
  private static final String MAIL =
      """
      From: B\u00fccher <a@reporter.example>
      Subject: =?utf-8?Q?a?= \u00e9
      \tb?
      To: t@example.com

      k\u00f6rper?
      """
          .replace("\n", "\r\n");

  @Test
  void untouchedMessageShouldKeepItsOctets() throws Exception {
    assertThat(octets(james(MAIL))).isEqualTo(MAIL);
  }

  @Test
  void messageWhoseContentWasLookedAtShouldKeepItsOctets() throws Exception {
    MimeMessage message = james(MAIL);
    assertThat(message.getContent()).isNotNull();

    // The fault itself. If James loses it, this test proves nothing.
    ByteArrayOutputStream byJames = new ByteArrayOutputStream();
    message.writeTo(byJames);
    assertThat(byJames.toString(ISO_8859_1)).contains("From: B?cher");
    assertThat(octets(message)).isEqualTo(MAIL);
  }

  @Test
  void addedFieldShouldLeaveTheOctetsOfOthers() throws Exception {
    MimeMessage message = james(MAIL);
    message.addHeader("X-Spam", "no");

    assertThat(octets(message).replace("X-Spam: no\r\n", "")).isEqualTo(MAIL);
  }

  @Test
  void questionMarksShouldStayWhatTheyAre() throws Exception {
    String mail = MAIL.replaceAll("[\u0080-\u00ff]", "?");

    assertThat(octets(james(mail))).isEqualTo(mail);
  }

  @Test
  void plainMessageShouldKeepItsOctets() throws Exception {
    assertThat(
            octets(
                new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(MAIL.getBytes(ISO_8859_1)))))
        .isEqualTo(MAIL);
  }

  private static MimeMessage james(String mail) throws MessagingException {
    return new MimeMessageWrapper(
        MimeMessageInputStreamSource.create(
            "mail-1", new ByteArrayInputStream(mail.getBytes(ISO_8859_1))));
  }

  private static String octets(MimeMessage message) throws MessagingException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MailOctets.write(message, out);
    RawMail written = RawMail.of(out.toByteArray(), out.size());
    FakeMail mail = FakeMail.builder().name("mail-1").mimeMessage(message).build();
    RawMail read = MailOctets.mayHaveLost(written) ? MailOctets.restored(written, mail) : written;
    return new String(read.bytes(), 0, read.size(), ISO_8859_1);
  }
}
