// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.Properties;
import org.apache.mailet.base.test.FakeMail;

/** Mails as James has them. */
final class JamesMails {
  private JamesMails() {}

  static MimeMessage message(String mail) throws MessagingException {
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(mail.replace("\n", "\r\n").getBytes(UTF_8)));
  }

  /** The mail as James has it, for {@code tlsrpt@example.com}. */
  static FakeMail fakeMail(String mail) throws MessagingException {
    return FakeMail.builder()
        .name("mail-1")
        .sender("noreply@reports.reporter.example")
        .recipient("tlsrpt@example.com")
        .mimeMessage(message(mail))
        .state("root")
        .build();
  }
}
