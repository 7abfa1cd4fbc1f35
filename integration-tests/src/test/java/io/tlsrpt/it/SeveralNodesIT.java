// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.it.ReportMail.Form;
import io.tlsrpt.testing.FreshDatabase;
import io.tlsrpt.testing.PostgresServer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two real James 3.8 that share a PostgreSQL database: each has a process, a directory and ports of
 * its own, and both show the same.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeveralNodesIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String STARTED = "io.tlsrpt.failure.started example.com";
  private static final String RECOVERED = "io.tlsrpt.failure.recovered example.com";
  private static final String REPORTER = "reporter.example";

  private static final Reporters REPORTERS = new Reporters();

  private static PostgresServer server;
  private static FreshDatabase database;
  private static JamesNode node1;
  private static JamesNode node2;

  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  @BeforeAll
  static void start() {
    server = PostgresServer.shared();
    database = server.newDatabase();
    // Both at once, as after a power cut: they meet when they make the tables.
    CompletableFuture<JamesNode> other =
        CompletableFuture.supplyAsync(() -> JamesNode.start("node-2", REPORTERS, database));
    node1 = JamesNode.start("node-1", REPORTERS, database);
    node2 = other.join();
  }

  @AfterAll
  static void stop() {
    node1.close();
    node2.close();
    database.close();
    REPORTERS.close();
  }

  @Test
  @Order(1)
  void reportShouldBeShownByTheOtherNode() {
    send(node1, report("1", "example.com", 3, 90, 0));
    awaitReports(node2, Map.of("example.com", 1L));

    assertThat(node1.number("ReportsAccepted")).isEqualTo(1);
    assertThat(node2.number("ReportsAccepted")).isZero();
    awaitEqualFigures();
    assertThat(node2.figures().get("example.com")).containsEntry("SuccessfulSessions", "90");
  }

  @Test
  @Order(2)
  void sameReportByTheOtherNodeShouldBeADuplicate() {
    Map<String, Map<String, String>> before = node2.figures();
    String mail = report("1", "example.com", 3, 90, 0);
    send(node2, mail);
    Waiting.until(TIMEOUT, "node 2 knows the report", () -> node2.number("ReportsDuplicate") == 1);

    assertThat(node2.number("ReportsAccepted")).isZero();
    assertThat(node2.figures()).isEqualTo(before);
    assertThat(node1.figures()).isEqualTo(before);
  }

  @Test
  @Order(3)
  void eventShouldBeToldByTheNodeThatCommittedTheReport() {
    send(node1, report("2", "example.com", 2, 80, 20));
    Waiting.until(
        TIMEOUT, "node 1 tells of the failure", () -> node1.told().equals(List.of(STARTED)));
    awaitReports(node2, Map.of("example.com", 2L));
    assertThat(node2.figures().get("example.com")).containsEntry("Failing", "true");

    send(node2, report("3", "example.com", 1, 100, 0));
    Waiting.until(
        TIMEOUT, "node 2 tells of the recovery", () -> node2.told().equals(List.of(RECOVERED)));
    awaitReports(node1, Map.of("example.com", 3L));
    assertThat(node1.figures().get("example.com")).containsEntry("Failing", "false");
    awaitEqualFigures();
  }

  /** The first report, the failure and its end: three events, by the nodes that committed them. */
  @Test
  @Order(4)
  void eventShouldBeToldByOneMailOfOneNode() {
    assertThat(node1.mailsUntil("example.com fails since"))
        .containsOnlyOnce("first report about example.com has been counted")
        .containsOnlyOnce("certificate-expired at example.com: 20 of 100 sessions failed")
        .contains("Return-Path: <>")
        .doesNotContain("has recovered");
    assertThat(node2.mailsUntil("has recovered"))
        .containsOnlyOnce("certificate-expired at example.com has recovered. ")
        .containsPattern("In-Reply-To: *<certificate-expired\\.example\\.com\\.\\d{8}@")
        .doesNotContain("first report", "fails since");
    assertThat(node1.log()).contains("[admin@example.com] would read of trouble");
  }

  @Test
  @Order(5)
  void mailsShouldWaitForTheDatabaseAndCountOnce() throws Exception {
    server.stop();
    try {
      Waiting.until(
          TIMEOUT,
          "both nodes miss the database",
          () -> !node1.storeAvailable() && !node2.storeAvailable());
      assertThat(node1.figures()).isEqualTo(node2.figures());
      send(node1, report("4", "example.com", 1, 40, 0));
      send(node2, report("5", "example.org", 1, 50, 0));
      String both = report("6", "example.net", 1, 60, 0);
      send(node1, both);
      send(node2, both);
      Waiting.until(
          TIMEOUT,
          "all mails wait",
          () -> node1.number("ReportsDeferred") == 2 && node2.number("ReportsDeferred") == 2);
    } finally {
      server.start();
    }

    Waiting.until(
        TIMEOUT,
        "no mail waits",
        () ->
            node1.storeAvailable()
                && node2.storeAvailable()
                && node1.number("ReportsDeferred") == 0
                && node2.number("ReportsDeferred") == 0);
    Map<String, Long> all = Map.of("example.com", 4L, "example.org", 1L, "example.net", 1L);
    awaitReports(node1, all);
    awaitReports(node2, all);
    assertThat(node1.number("ReportsAccepted") + node2.number("ReportsAccepted")).isEqualTo(6);
    assertThat(node1.number("ReportsDuplicate") + node2.number("ReportsDuplicate")).isEqualTo(2);
    awaitEqualFigures();
  }

  @Test
  @Order(6)
  void killedNodeShouldShowTheSameAgain() {
    Map<String, Map<String, String>> before = node2.figures();
    assertThat(node1.told()).containsExactly(STARTED);
    node1 = node1.restarted();

    assertThat(node1.figures()).isEqualTo(before);
    send(node1, report("4", "example.com", 1, 40, 0));
    Waiting.until(TIMEOUT, "node 1 knows the report", () -> node1.number("ReportsDuplicate") == 1);
    assertThat(node1.figures()).isEqualTo(before);
    assertThat(node2.figures()).isEqualTo(before);
    assertThat(node1.told()).isEmpty();
    assertThat(node2.told()).containsExactly(RECOVERED);
  }

  @Test
  @Order(7)
  void logsShouldNotTellThePassword() {
    assertThat(node1.log() + node2.log()).doesNotContain(database.password());
  }

  private static void send(JamesNode node, String mail) {
    node.send(REPORTER, mail);
  }

  private static void awaitReports(JamesNode node, Map<String, Long> reports) {
    Waiting.until(
        TIMEOUT, "all of these are shown: " + reports, () -> node.reports().equals(reports));
  }

  private static void awaitEqualFigures() {
    Waiting.until(
        TIMEOUT,
        "all attributes of all domains are equal on both nodes",
        () -> node1.figures().equals(node2.figures()));
  }

  private String report(String id, String domain, int daysAgo, long successful, long failed) {
    String json =
        """
        {"report-id": "%1$s",
         "date-range": {"start-datetime": "%2$sT00:00:00Z", "end-datetime": "%2$sT23:59:59Z"},
         "policies": [{
           "policy": {"policy-type": "sts", "policy-string": ["mode: enforce"],
             "policy-domain": "%3$s"},
           "summary": {"total-successful-session-count": %4$d,
             "total-failure-session-count": %5$d},
           "failure-details": [{"result-type": "certificate-expired",
             "failed-session-count": %5$d, "receiving-mx-hostname": "mx.%3$s"}]}]}
        """
            .formatted(id, today.minusDays(daysAgo), domain, successful, failed);
    ReportMail mail = new ReportMail(REPORTER, domain);
    return REPORTERS.signer(mail.reporter()).sign(mail.of(Form.MULTIPART_GZIP, json));
  }
}
