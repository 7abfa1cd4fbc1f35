// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.tlsrpt.testing.ReportMails;
import jakarta.mail.Address;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mails that have gone through a real SMTP server and come back by IMAP. */
class GreenMailTest {
  @RegisterExtension
  static final GreenMailExtension MAIL_SERVER =
      new GreenMailExtension(
          new ServerSetup[] {
            ServerSetupTest.SMTP.dynamicPort(), ServerSetupTest.IMAP.dynamicPort()
          });

  private final ReceiverFixture receiver = new ReceiverFixture();

  @BeforeEach
  void createRua() {
    MAIL_SERVER.setUser("tlsrpt@example.com", "tlsrpt@example.com", "secret");
  }

  @Test
  void reportShouldBeReadAsItTravelled() throws MessagingException {
    send(ReportMails.mail(ReportMails.report("1", "example.com", 90, 10)));
    receiveAll();

    assertThat(receiver.receiver("ReportsAccepted")).isEqualTo(1);
    assertThat(receiver.domain("example.com", "FailedSessions")).isEqualTo(10);
  }

  @Test
  void otherMailShouldBeToldFromReports() throws MessagingException {
    send(ReportMails.header() + ReportMails.text());
    send(ReportMails.header() + ReportMails.jsonPart(ReportMails.report("1", "example.com", 1, 0)));
    receiveAll();

    assertThat(receiver.receiver("ReportsReceived")).isEqualTo(2);
    assertThat(receiver.receiver("ReportsAccepted")).isEqualTo(1);
    assertThat(receiver.rejections()).containsOnlyKeys("not-a-report");
  }

  private static void send(String mail) throws MessagingException {
    try (Transport transport = MAIL_SERVER.getSmtp().createSession().getTransport("smtp")) {
      transport.connect();
      transport.sendMessage(
          JamesMails.message(mail), new Address[] {new InternetAddress("tlsrpt@example.com")});
    }
  }

  private void receiveAll() throws MessagingException {
    TlsReportMailet mailet = receiver.mailet();
    try (Store store = MAIL_SERVER.getImap().createStore()) {
      store.connect("tlsrpt@example.com", "secret");
      try (Folder inbox = store.getFolder("INBOX")) {
        inbox.open(Folder.READ_ONLY);
        for (var message : inbox.getMessages()) {
          mailet.service(
              FakeMail.builder()
                  .name("mail-" + message.getMessageNumber())
                  .recipient("tlsrpt@example.com")
                  .mimeMessage((MimeMessage) message)
                  .build());
        }
      }
    }
  }
}
