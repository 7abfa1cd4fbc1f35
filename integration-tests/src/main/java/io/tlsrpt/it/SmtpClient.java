// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Hands mails to a server by SMTP, as they stand. */
public final class SmtpClient {
  private static final String TIMEOUT_MILLIS = "20000";

  private final int port;

  public SmtpClient(int port) {
    this.port = port;
  }

  public void send(String sender, String recipient, String mail) {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", "127.0.0.1");
    properties.setProperty("mail.smtp.port", String.valueOf(port));
    properties.setProperty("mail.smtp.from", sender);
    properties.setProperty("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
    properties.setProperty("mail.smtp.timeout", TIMEOUT_MILLIS);
    Session session = Session.getInstance(properties);
    try (Transport transport = session.getTransport("smtp")) {
      MimeMessage message =
          new MimeMessage(session, new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
      transport.connect();
      transport.sendMessage(message, new Address[] {new InternetAddress(recipient)});
    } catch (MessagingException e) {
      throw new IllegalStateException("the server did not take a mail: " + e.getMessage(), e);
    }
  }
}
