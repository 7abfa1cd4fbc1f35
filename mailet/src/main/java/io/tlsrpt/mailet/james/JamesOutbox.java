// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.james;

import io.tlsrpt.notifications.NotSentException;
import io.tlsrpt.notifications.NoticeMail;
import io.tlsrpt.notifications.Outbox;
import io.tlsrpt.notifications.Sender;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;

/**
 * Puts mails on James' own spool, from where they go as every mail does. Their envelope sender is
 * empty, so nothing bounces; an attribute keeps them from being taken for reports.
 */
public final class JamesOutbox implements Outbox {
  private static final AttributeName OURS = AttributeName.of("io.tlsrpt.notification");

  private final MailetContext context;

  public JamesOutbox(MailetContext context) {
    this.context = context;
  }

  /** James' postmaster, and this host. */
  public static Sender sender(MailetContext context) {
    String host = host();
    return new Sender(
        Optional.ofNullable(context.getPostmaster())
            .map(MailAddress::asString)
            .orElse("postmaster@" + host),
        host);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Whether it is a mail that an outbox has sent; no sender from elsewhere can make one. */
  public static boolean isOurs(Mail mail) {
    return mail.getAttribute(OURS).isPresent();
  }

  @Override
  public void send(NoticeMail notice, List<String> recipients) throws NotSentException {
    try {
      List<MailAddress> addresses = new ArrayList<>();
      for (String recipient : recipients) {
        addresses.add(new MailAddress(recipient));
      }
      MailImpl mail =
          MailImpl.builder()
              .name(MailImpl.getId())
              .sender(MaybeSender.nullSender())
              .addRecipients(addresses)
              .addAttribute(new Attribute(OURS, AttributeValue.of(true)))
              .mimeMessage(message(notice, addresses))
              .build();
      try {
        context.sendMail(mail);
      } finally {
        mail.dispose();
      }
    } catch (MessagingException e) {
      throw new NotSentException(e);
    }
  }

  private static MimeMessage message(NoticeMail notice, List<MailAddress> recipients)
      throws MessagingException {
    MimeMessage message = new WithOwnId();
    for (Map.Entry<String, String> field : notice.header().entrySet()) {
      message.setHeader(
          field.getKey(), MimeUtility.fold(field.getKey().length() + 2, field.getValue()));
    }
    for (MailAddress recipient : recipients) {
      message.addRecipient(RecipientType.TO, new InternetAddress(recipient.asString()));
    }
    message.setText(notice.body().replace("\n", "\r\n"), StandardCharsets.UTF_8.name());
    message.setHeader("Content-Type", NoticeMail.CONTENT_TYPE);
    message.saveChanges();
    return message;
  }

  /** Else a Message-ID that nobody could answer would take the place of ours. */
  private static final class WithOwnId extends MimeMessage {
    WithOwnId() {
      super(Session.getInstance(new Properties()));
    }

    @Override
    protected void updateMessageID() {}
  }
}
