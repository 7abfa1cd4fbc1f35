// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.it.ReportMail.Form;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.Notification;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;

/** What an administrator asks a real James 3.8, and what it tells without being asked. */
class AskingIT {
  private static final String RECEIVER = "io.tlsrpt:type=Receiver";
  private static final String FAILURE =
      "io.tlsrpt:type=Failure,domain=example.com,resultType=certificate-expired";
  private static final String RUA = "tlsrpt@example.com";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  private final int webAdmin = Ports.anyFree();
  private final BlockingQueue<Notification> told = new LinkedBlockingQueue<>();

  @Test
  void failureShouldBeToldAnsweredAndExplainedUntilItIsOver() throws Exception {
    JamesHome home = home("james-asked");
    try (JamesServer james = JamesServer.start(home);
        JmxClient jmx = james.jmx()) {
      jmx.listen(RECEIVER, told::add);
      new Administrator(jmx).addUser(RUA, "secret");
      assertThat(health()).contains(check("TLS report store", "healthy"));
      assertThat(health()).contains(check("TLS report domains", "healthy"));

      send(james, "1", "example.com", today.minusDays(3), 90, 10);
      assertThat(next().getMessage())
          .isEqualTo(
              "example.com: certificate-expired has started: 10 sessions at mx.example.com,"
                  + " reported by reporter.example");
      assertAnswers(jmx);
      // One that was never heard of before may say anything of the mode.
      assertThat(health()).contains(check("TLS report domains", "healthy"));
      new StoredReports(home.directory().resolve("var/tlsrpt/reports.db")).establishReporters();
      Waiting.until(
          TIMEOUT,
          "mail is being lost",
          () -> health().contains(check("TLS report domains", "degraded")));
      assertThat(health())
          .contains("Senders keep back mail to 1 domain: example.com (certificate-expired)");
    }
    try (JamesServer james = JamesServer.start(home);
        JmxClient jmx = james.jmx()) {
      jmx.listen(RECEIVER, told::add);
      new Administrator(jmx).addUser(RUA, "secret");
      assertThat(jmx.number(FAILURE, "ActiveSessions")).isEqualTo(10);
      assertThat((String[]) jmx.value(RECEIVER, "RecentReports")).hasSize(2);
      send(james, "2", "example.com", today.minusDays(2), 100, 0);

      // That it had started is not told a second time.
      assertThat(next().getType()).isEqualTo("io.tlsrpt.failure.recovered");
      assertThat(told).isEmpty();
      assertThat(health()).contains(check("TLS report domains", "healthy"));
      loseTheDatabase(james, jmx);
    }
  }

  private void assertAnswers(JmxClient jmx) {
    CompositeData row = ((CompositeData[]) jmx.ask(RECEIVER, "failures", "example.com", 1))[0];
    assertThat(
            row.getAll(
                new String[] {
                  "reporter",
                  "policyDomain",
                  "policyMode",
                  "resultType",
                  "sessions",
                  "receivingMx",
                  "receivingIp",
                  "sendingMtaIp"
                }))
        .containsExactly(
            "reporter.example",
            "example.com",
            "enforce",
            "certificate-expired",
            10L,
            "mx.example.com",
            "192.0.2.25",
            "198.51.100.7");
    assertThat((CompositeData[]) jmx.ask(RECEIVER, "reports", "*", 1)).hasSize(2);
    assertThat((String) jmx.ask(RECEIVER, "exportJson", "example.com", 1))
        .contains("\"report-id\":\"1\"", "\"complete\":true");
    assertThat((String) jmx.ask(RECEIVER, "explain", "certificate-expired"))
        .contains("openssl s_client");
    assertThat(jmx.text(FAILURE, "Remedy")).contains("-connect mx.example.com:25");
    assertThat((String) jmx.ask(FAILURE, "explain")).contains("-connect mx.example.com:25");
    assertThat((String[]) jmx.ask(RECEIVER, "neverReported")).containsExactly("example.org");
    assertThat(jmx.number(RECEIVER, "NeverReported")).isEqualTo(1);
    assertThat(
            Arrays.stream((String[]) jmx.value(RECEIVER, "RecentReports"))
                .map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "reporter.example example.com enforce certificate-expired 10 mx.example.com 192.0.2.25"
                + " 198.51.100.7 "
                + today.minusDays(3),
            "reporter.example example.com enforce success 90 - - - " + today.minusDays(3));
  }

  private void loseTheDatabase(JamesServer james, JmxClient jmx) throws Exception {
    Path database = james.home().directory().resolve("var/tlsrpt/reports.db");
    Files.move(database, database.resolveSibling("elsewhere"));
    Waiting.until(
        TIMEOUT,
        "the outage is noticed",
        () -> jmx.text(RECEIVER, "StoreAvailable").equals("false"));

    assertThat(health())
        .contains(check("TLS report store", "unhealthy"))
        .contains("the file is gone");
    Files.move(database.resolveSibling("elsewhere"), database);
    Waiting.until(
        TIMEOUT, "the outage is over", () -> jmx.text(RECEIVER, "StoreAvailable").equals("true"));
    assertThat(health()).contains(check("TLS report store", "healthy"));
  }

  @Test
  void healthShouldBeAnsweredWithoutAnyMailet() throws Exception {
    JamesHome home = home("james-without-mailet");
    home.edit(
        "mailetcontainer.xml", "class=\"io.tlsrpt.mailet.TlsReportMailet\"", "class=\"Null\"");
    try (JamesServer james = JamesServer.start(home)) {
      assertThat(health())
          .contains(check("TLS report store", "degraded"))
          .contains("No TlsReportMailet is configured")
          .contains(check("TLS report domains", "healthy"));
      assertThat(james.log()).doesNotContain("Exception");
    }
  }

  private JamesHome home(String name) {
    JamesHome home =
        JamesHome.create(Build.directory(name), Ports.free(), Build.jarForJames38())
            .serving("example.com", "example.org")
            .withWebAdmin(webAdmin);
    home.edit("mailetcontainer.xml", "<!-- <dkim>required</dkim> -->", "<dkim>off</dkim>");
    return home;
  }

  private static String check(String name, String status) {
    return "{\"componentName\":\"%s\",\"escapedComponentName\":\"%s\",\"status\":\"%s\""
        .formatted(name, name.replace(" ", "%20"), status);
  }

  private String health() {
    return Loopback.get(webAdmin, "/healthcheck");
  }

  private static void send(
      JamesServer james, String id, String domain, LocalDate day, long successful, long failed) {
    String json =
        """
        {"report-id": "%1$s",
         "date-range": {"start-datetime": "%3$sT00:00:00Z", "end-datetime": "%3$sT23:59:59Z"},
         "policies": [{
           "policy": {"policy-type": "sts", "policy-string": ["mode: enforce"],
             "policy-domain": "%2$s"},
           "summary": {"total-successful-session-count": %4$d,
             "total-failure-session-count": %5$d},
           "failure-details": [{"result-type": "certificate-expired",
             "failed-session-count": %5$d, "sending-mta-ip": "198.51.100.7",
             "receiving-mx-hostname": "mx.example.com", "receiving-ip": "192.0.2.25"}]}]}
        """
            .formatted(id, domain, day, successful, failed);
    new SmtpClient(james.ports().smtp())
        .send(
            "tls-reports@reporter.example",
            RUA,
            new ReportMail("reporter.example", domain).of(Form.MULTIPART_GZIP, json));
  }

  private Notification next() throws InterruptedException {
    Notification next = told.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }
}
