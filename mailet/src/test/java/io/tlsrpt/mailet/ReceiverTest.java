// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tlsrpt.testing.ReportMails;
import jakarta.mail.MessagingException;
import org.junit.jupiter.api.Test;

class ReceiverTest {
  private final ReceiverFixture receiver = new ReceiverFixture();

  @Test
  void blocksShouldShareOneReceiver() throws MessagingException {
    TlsReportMailet first = receiver.mailet("maxDomains", "5");
    TlsReportMailet second = receiver.mailet("passThrough", "false");
    String report = ReportMails.report("1", "example.com", 1, 0);
    first.service(JamesMails.fakeMail(ReportMails.mail(report)));
    second.service(JamesMails.fakeMail(ReportMails.mail(report)));

    assertThat(receiver.receiver("ReportsAccepted")).isEqualTo(1);
    assertThat(receiver.receiver("ReportsDuplicate")).isEqualTo(1);
  }

  @Test
  void laterBlockMayRepeatOrLeaveOutWhatIsShared() throws MessagingException {
    receiver.mailet("maxDomains", "5", "maxMessageSize", "15 MiB");

    receiver.mailet("maxDomains", "5");
    receiver.mailet("maxMessageSize", "15360 KiB");
    receiver.mailet("maxReportSize", "25 MiB");
    assertThat(receiver.receiver("DomainLimit")).isEqualTo(5);
  }

  @Test
  void laterBlockShouldNotChangeWhatIsShared() throws MessagingException {
    receiver.mailet("maxDomains", "5");

    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> receiver.mailet("maxDomains", "6"))
        .withMessage(
            "TlsReportMailet: parameter maxDomains is '6'; allowed: '5', as in the first block of"
                + " the mailet, or leave it out");
    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> receiver.mailet("failureWindow", "1 day"))
        .withMessageContaining("the default, as in the first block");
  }

  @Test
  void lastBlockShouldTakeTheBeansWithIt() throws MessagingException {
    TlsReportMailet first = receiver.mailet();
    TlsReportMailet second = receiver.mailet();
    first.service(
        JamesMails.fakeMail(ReportMails.mail(ReportMails.report("1", "example.com", 1, 0))));
    assertThat(receiver.names())
        .contains(
            "io.tlsrpt:type=Receiver",
            "io.tlsrpt:domain=example.com,type=Domain",
            "io.tlsrpt:domain=example.com,type=Breakdown",
            "io.tlsrpt:name=intake,type=Meter");

    first.destroy();
    first.destroy();
    assertThat(receiver.names()).contains("io.tlsrpt:type=Receiver");
    second.destroy();
    assertThat(receiver.names()).isEmpty();
  }

  @Test
  void beansThatSomebodyHasUnregisteredShouldNotStandInTheWay() throws Exception {
    TlsReportMailet mailet = receiver.mailet();
    mailet.service(
        JamesMails.fakeMail(ReportMails.mail(ReportMails.report("1", "example.com", 1, 0))));
    receiver.unregister("io.tlsrpt:type=Receiver");
    mailet.destroy();
    assertThat(receiver.names()).isEmpty();

    receiver.mailet();
    assertThat(receiver.names()).contains("io.tlsrpt:type=Receiver");
  }

  @Test
  void receiverShouldOpenAgainAfterTheLastBlockHasGone() throws MessagingException {
    receiver.mailet("maxDomains", "5").destroy();
    receiver.mailet("maxDomains", "6");

    assertThat(receiver.receiver("DomainLimit")).isEqualTo(6);
  }

  @Test
  void destroyedBlockShouldLeaveMailsAlone() throws MessagingException {
    TlsReportMailet mailet = receiver.mailet();
    receiver.mailet();
    mailet.destroy();
    mailet.service(
        JamesMails.fakeMail(ReportMails.mail(ReportMails.report("1", "example.com", 1, 0))));

    assertThat(receiver.receiver("ReportsReceived")).isZero();
  }
}
