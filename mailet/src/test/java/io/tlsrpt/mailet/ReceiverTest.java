// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tlsrpt.testing.ReportMails;
import jakarta.mail.MessagingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void laterBlockMaySayInOtherWordsWhatIsLookedAt() throws MessagingException {
    receiver.strictMailet(
        "checks", "own-mx, policy",
        "checkInterval", "12 hours",
        "rua", "tlsrpt@example.net, reports@example.org",
        "mxAddresses", "mx.example.com=10.0.0.5, mx2.example.com=[fd00::5]:2525",
        "checkNetworks", "10.0.0.0/8, fd00::/8");

    receiver.strictMailet(
        "checks", "dns, policy, own-mx",
        "rua", "reports@example.org,tlsrpt@example.net",
        "mxAddresses", "mx2.example.com=[fd00:0::5]:2525, MX.example.com=10.0.0.5:25",
        "checkNetworks", "fd00:0::/8,10.0.0.0/8");
    assertThat((String[]) receiver.value("io.tlsrpt:type=Receiver", "Checks"))
        .containsExactly("dns", "policy", "own-mx");
  }

  @ParameterizedTest
  @CsvSource({
    "checks, off, mx",
    "checkInterval, 1 day, 2 days",
    "rua, tlsrpt@example.net, tlsrpt@example.org",
    "mxAddresses, mx.example.com=10.0.0.5, mx.example.com=10.0.0.5:2525",
    "checkNetworks, 10.0.0.0/8, 10.0.0.0/9",
  })
  void laterBlockShouldNotLookAtOtherThings(String name, String first, String later)
      throws MessagingException {
    receiver.mailet(name, first);

    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> receiver.mailet(name, later))
        .withMessageStartingWith("TlsReportMailet: parameter " + name + " is '" + later + "'")
        .withMessageContaining("allowed: '" + first + "', as in the first block");
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
