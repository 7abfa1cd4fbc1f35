// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.it.ReportMail.Form;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import javax.management.MBeanAttributeInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The way through a real James 3.8 with the sample configuration: SMTP in, JMX and IMAP out. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class James38IT {
  private static final String RUA = "tlsrpt@example.com";
  private static final String SOMEONE = "someone@example.com";
  private static final String PASSWORD = "secret";

  private static final Reporters REPORTERS = new Reporters();

  private static JamesServer james;
  private static JmxClient jmx;
  private static Administrator administrator;
  private static SmtpClient smtp;

  @BeforeAll
  static void start() {
    james =
        JamesServer.start(
            JamesHome.create(Build.directory("james-3.8"), Ports.free(), Build.jarForJames38())
                .withDns(REPORTERS.dns()));
    jmx = james.jmx();
    administrator = new Administrator(jmx);
    smtp = new SmtpClient(james.ports().smtp());
    for (String domain : List.of("example.com", "example.org", "example.net")) {
      administrator.addDomain(domain);
    }
    administrator.addUser(RUA, PASSWORD);
    administrator.addUser(SOMEONE, PASSWORD);
  }

  @AfterAll
  static void stop() {
    jmx.close();
    james.close();
    REPORTERS.close();
  }

  @Test
  @Order(1)
  void beansOfTheReceiverShouldBeThereBeforeTheFirstReport() {
    assertThat(jmx.names("io.tlsrpt:*"))
        .contains("io.tlsrpt:type=Receiver", "io.tlsrpt:name=intake,type=Meter")
        .noneMatch(name -> name.contains("domain="));
    assertThat(jmx.number("io.tlsrpt:type=Receiver", "ReportsReceived")).isZero();
    assertThat(jmx.text("io.tlsrpt:type=Receiver", "DkimMode")).isEqualTo("required");
    assertThat(james.log()).doesNotContain("every TLS report counts, whoever sent it");
  }

  @Test
  @Order(2)
  void figuresShouldBeWhatTheSamplesAddUpTo() {
    List<Samples.Sample> samples = new Samples(LocalDate.now(ZoneOffset.UTC), REPORTERS).all();
    samples.forEach(sample -> smtp.send(sample.sender(), RUA, sample.mail()));
    administrator.awaitReports(samples.size());

    assertThat(Figures.read(jmx)).isEqualTo(ExpectedFigures.FIGURES);
  }

  @Test
  @Order(3)
  void beansShouldBeReadableWithoutOurClasses() {
    for (String bean : jmx.names("io.tlsrpt:*")) {
      for (MBeanAttributeInfo attribute : jmx.info(bean).getAttributes()) {
        jmx.value(bean, attribute.getName());
      }
    }
    assertThat(
            Arrays.stream(jmx.info("io.tlsrpt:type=Domain,domain=example.com").getAttributes())
                .map(MBeanAttributeInfo::getName))
        .containsAll(Figures.DOMAIN);
    assertThat(jmx.number("io.tlsrpt:type=Meter,name=reports,outcome=accepted", "Count"))
        .isEqualTo(8);
  }

  @Test
  @Order(4)
  void rejectedReportShouldStayDeliverable() {
    ImapClient rua = new ImapClient(james.ports().imap(), RUA, PASSWORD);
    Samples.Sample broken =
        new Samples(LocalDate.now(ZoneOffset.UTC), REPORTERS)
            .all().stream()
                .filter(s -> s.title().contains("ends too early"))
                .findFirst()
                .orElseThrow();
    String body = broken.mail().substring(broken.mail().indexOf("\n\n"));

    assertThat(rua.inbox(ExpectedFigures.MAILS))
        .anySatisfy(mail -> assertThat(mail).endsWith(body));
  }

  @Test
  @Order(5)
  void otherMailShouldPassUntouched() {
    ImapClient someone = new ImapClient(james.ports().imap(), SOMEONE, PASSWORD);
    long received = jmx.number("io.tlsrpt:type=Receiver", "ReportsReceived");
    String report =
        new ReportMail("bigmail.example", "example.com")
            .of(Form.MULTIPART_JSON, "{\"to\": \"someone else\"}");
    smtp.send("tls-reports@bigmail.example", SOMEONE, report);

    assertThat(someone.inbox(1).getFirst()).endsWith(report);
    assertThat(jmx.number("io.tlsrpt:type=Receiver", "ReportsReceived")).isEqualTo(received);
  }

  @Test
  @Order(6)
  void shutdownShouldTakeTheBeansWithItAndComplainOfNothing() {
    jmx.close();
    james.close();

    assertThat(james.log())
        .contains("JAMES server stopped")
        .contains("TLS report receiver stopped")
        .doesNotContain("cannot unregister");
  }
}
