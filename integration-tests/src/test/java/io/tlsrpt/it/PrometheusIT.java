// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tlsrpt.it.Exposition.Metric;
import io.tlsrpt.it.Exposition.Sample;
import io.tlsrpt.it.ReportMail.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From a mail to an alert: a real James with the JMX exporter and the pages inside, a real
 * Prometheus for each of these ways beside it, all with the files of {@code conf/}.
 */
class PrometheusIT {
  private static final String RUA = "tlsrpt@example.com";
  private static final String SEE = "See docs/prometheus.md.";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Pattern ROW =
      Pattern.compile("\\| `(tlsrpt_\\w+)`([ †‡§]*) \\| (\\w+) \\| ([\\w, ]*?) \\| (.+) \\|");

  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  private final int exporter = Ports.anyFree();
  private final WebPages pages = new WebPages(Ports.anyFree());
  private final KeyPair keys = Token.newKeys();
  private final String token = Token.of(keys.getPrivate(), true);
  private int reports;

  @BeforeAll
  static void tools() {
    PrometheusTools.assumeInstalled();
  }

  /** A metric as the document describes it. */
  private record Described(String name, String marks, String type, String labels, String help) {}

  @ParameterizedTest
  @ValueSource(strings = {"jmx-exporter.yml", "jmx-exporter-small.yml"})
  void exporterShouldShowWhatTheDocumentSays(String rules) throws Exception {
    boolean small = rules.contains("small");
    try (Reporters reporters = new Reporters();
        JamesServer james = start(reporters, "james-" + rules, rules)) {
      report(james, reporters, "example.com", "enforce", 2, 10, 30);
      report(james, reporters, "xn--bcher-kva.example", "testing", 2, 7, 0);
      Waiting.until(
          TIMEOUT,
          "both domains are shown",
          () -> Exposition.parse(scrape()).value("tlsrpt_domains") == 2);

      String text = scrape();
      Map<String, Metric> shown = Exposition.parse(text).metrics();
      List<String> described = new ArrayList<>();
      for (Described metric : described()) {
        // Of what the receiver sees itself there is nothing before the first look.
        boolean notYet = metric.marks().contains("§") && !shown.containsKey(metric.name());
        if (!notYet && !(small && metric.marks().contains("‡"))) {
          described.add(metric.name());
          Metric found = shown.get(metric.name());
          assertThat(found).as(metric.name()).isNotNull();
          assertThat(List.of(found.type(), found.labels(), found.help()))
              .as(metric.name())
              .containsExactly(
                  metric.type(),
                  metric.labels(),
                  small && found.help().equals(SEE) ? SEE : metric.help());
        }
      }
      assertThat(shown.keySet()).containsExactlyInAnyOrderElementsOf(described);
      assertThat(text).doesNotContain("_objectname");
      assertValues(Exposition.parse(text));
      if (!small) {
        assertThat(rounded(scrapePages())).isEqualTo(rounded(text));
      }
      assertThat(PrometheusTools.promtool(Build.root(), onlyOurs(text), "check", "metrics"))
          .isEqualTo("exit status 0");
    }
  }

  private static void assertValues(Exposition shown) {
    String[] failing = {"domain=example.com", "result_type=certificate-expired"};
    assertThat(shown.value("tlsrpt_active_failures", failing)).isEqualTo(30);
    assertThat(shown.value("tlsrpt_failures_total", failing)).isEqualTo(30);
    assertThat(shown.value("tlsrpt_failure_ratio", "domain=example.com")).isEqualTo(0.75);
    assertThat(shown.value("tlsrpt_sessions_total", "domain=example.com", "result=failure"))
        .isEqualTo(30);
    assertThat(
            shown.value("tlsrpt_sessions_total", "domain=xn--bcher-kva.example", "result=success"))
        .isEqualTo(7);
    assertThat(shown.value("tlsrpt_policy_mode", "domain=example.com", "mode=enforce"))
        .isEqualTo(1);
    assertThat(shown.value("tlsrpt_policy_mode", "domain=xn--bcher-kva.example", "mode=testing"))
        .isEqualTo(1);
    assertThat(shown.value("tlsrpt_reports_total", "outcome=accepted")).isEqualTo(2);
    assertThat(shown.value("tlsrpt_report_rejections_total", "reason=malformed")).isZero();
    assertThat(shown.value("tlsrpt_store_available")).isEqualTo(1);
    assertThat(shown.value("tlsrpt_domains_never_reported")).isEqualTo(1);
    assertThat(shown.value("tlsrpt_last_report_timestamp_seconds", "domain=example.com"))
        .isBetween(1.7e9, 1e11);
  }

  @Test
  void alertsShouldFireAndEndAndEveryPanelShouldHaveData(@TempDir Path directory) throws Exception {
    try (Reporters reporters = new Reporters();
        JamesServer james = start(reporters, "james-prometheus", "jmx-exporter.yml");
        Prometheus byExporter = Prometheus.start(directory.resolve("exporter"), exporter);
        Prometheus byPages =
            Prometheus.startWithWebAdmin(directory.resolve("pages"), pages.port(), token)) {
      List<Prometheus> both = List.of(byExporter, byPages);
      report(james, reporters, "example.com", "enforce", 4, 100, 0);
      report(james, reporters, "example.org", "testing", 4, 100, 1);
      Waiting.until(
          TIMEOUT,
          "the figures have come to Prometheus",
          () -> both.stream().allMatch(its -> its.query("tlsrpt_failure_ratio").size() == 2));
      new StoredReports(james.home().directory().resolve("var/tlsrpt/reports.db"))
          .establishReporters();
      awaitFiring(both, "TlsRptFailuresReported example.org certificate-expired");

      report(james, reporters, "example.com", "enforce", 2, 10, 30);
      report(james, reporters, "example.org", "testing", 4, 10, 1);
      send(james, new ReportMail("broken.example", "example.com"), "{", reporters);
      for (int i = 0; i < 11; i++) {
        ReportMail forged = new ReportMail("forger.example", "example.com");
        new SmtpClient(james.ports().smtp())
            .send("tls-reports@forger.example", RUA, forged.of(Form.MULTIPART_JSON, "{}"));
      }
      awaitFiring(
          both,
          "TlsRptEnforcedDomainFailing example.com",
          "TlsRptFailureRatioHigh example.com",
          "TlsRptFailuresReported example.com certificate-expired",
          "TlsRptFailuresReported example.org certificate-expired",
          "TlsRptReportsRejected malformed",
          "TlsRptUnauthenticatedReports");
      for (Prometheus prometheus : both) {
        assertThat(panelsWithoutData(prometheus)).isEmpty();
      }

      // Whoever has just come may say what he likes of the mode.
      for (String stranger : List.of("a.evil.example", "b.evil.example", "mallory.example")) {
        report(james, reporters, stranger, "example.com", "none", 2, 5, 0);
      }
      for (Prometheus prometheus : both) {
        assertThatStrangersChangeNothing(prometheus);
      }

      report(james, reporters, "example.com", "enforce", 1, 50, 0);
      report(james, reporters, "example.org", "testing", 1, 50, 0);
      awaitFiring(both, "TlsRptReportsRejected malformed", "TlsRptUnauthenticatedReports");
    }
  }

  private static void assertThatStrangersChangeNothing(Prometheus prometheus) {
    Waiting.until(
        TIMEOUT,
        "the strangers are heard",
        () -> prometheus.query("tlsrpt_reporters{domain=\"example.com\"} == 4").size() == 1);
    assertThat(prometheus.query("tlsrpt_losing_mail{domain=\"example.com\"} == 1")).hasSize(1);
    assertThat(prometheus.query("tlsrpt_policy_mode{domain=\"example.com\",mode=\"enforce\"} == 1"))
        .hasSize(1);
    assertThat(prometheus.firing()).contains("TlsRptEnforcedDomainFailing example.com");
  }

  private static void awaitFiring(List<Prometheus> both, String... alerts) {
    Waiting.until(
        TIMEOUT,
        "these alerts fire and no others: " + String.join("; ", alerts),
        () -> both.stream().allMatch(its -> its.firing().equals(List.of(alerts))));
  }

  private static List<String> panelsWithoutData(Prometheus prometheus) throws IOException {
    List<String> notYet =
        described().stream().filter(its -> its.marks().contains("§")).map(Described::name).toList();
    List<String> empty = new ArrayList<>();
    int queries = 0;
    JsonNode dashboard =
        new ObjectMapper().readTree(Build.conf().resolve("grafana/tlsrpt.json").toFile());
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries++;
        String query = target.path("expr").asText().replaceAll("\\$(instance|domain)\\b", ".*");
        if (prometheus.queryDays(query).isEmpty() && notYet.stream().noneMatch(query::contains)) {
          empty.add(panel.path("title").asText() + ": " + query);
        }
      }
    }
    assertThat(queries).isGreaterThan(25);
    return empty;
  }

  private JamesServer start(Reporters reporters, String name, String rules) {
    JamesServer james =
        JamesServer.start(
            JamesHome.create(Build.directory(name), Ports.free(), Build.jarForJames38())
                .serving("example.com", "example.org", "xn--bcher-kva.example")
                .withDns(reporters.dns())
                .withJmxExporter(exporter, rules)
                .withPages(pages.port())
                .withTokens(keys.getPublic()));
    try (JmxClient jmx = james.jmx()) {
      new Administrator(jmx).addUser(RUA, "secret");
    }
    return james;
  }

  private void report(
      JamesServer james,
      Reporters reporters,
      String domain,
      String mode,
      int daysAgo,
      long successful,
      long failed) {
    report(james, reporters, "reporter.example", domain, mode, daysAgo, successful, failed);
  }

  private void report(
      JamesServer james,
      Reporters reporters,
      String reporter,
      String domain,
      String mode,
      int daysAgo,
      long successful,
      long failed) {
    String json =
        """
        {"report-id": "%1$d",
         "date-range": {"start-datetime": "%2$sT00:00:00Z", "end-datetime": "%2$sT23:59:59Z"},
         "policies": [{
           "policy": {"policy-type": "sts", "policy-string": ["mode: %4$s"],
             "policy-domain": "%3$s"},
           "summary": {"total-successful-session-count": %5$d,
             "total-failure-session-count": %6$d},
           "failure-details": [{"result-type": "certificate-expired",
             "failed-session-count": %6$d, "receiving-mx-hostname": "mx.%3$s"}]}]}
        """
            .formatted(reports++, today.minusDays(daysAgo), domain, mode, successful, failed);
    send(james, new ReportMail(reporter, domain), json, reporters);
  }

  private static void send(JamesServer james, ReportMail mail, String json, Reporters reporters) {
    new SmtpClient(james.ports().smtp())
        .send(
            "tls-reports@" + mail.reporter(),
            RUA,
            reporters.signer(mail.reporter()).sign(mail.of(Form.MULTIPART_GZIP, json)));
  }

  private String scrape() {
    return Loopback.get(exporter, "/metrics");
  }

  private String scrapePages() {
    return pages
        .get("/tlsrpt/metrics", WebPages.PROGRAM, "Authorization", "Bearer " + token)
        .body();
  }

  /** The exporter makes seconds of milliseconds, and so has a last digit of its own. */
  private static Map<String, Metric> rounded(String text) {
    Map<String, Metric> metrics = new TreeMap<>(Exposition.parse(text).metrics());
    metrics.replaceAll(
        (name, metric) ->
            new Metric(
                metric.type(),
                metric.help(),
                metric.samples().stream()
                    .map(its -> new Sample(its.labels(), Math.rint(its.value() * 1e9) / 1e9))
                    .toList()));
    return metrics;
  }

  private static String onlyOurs(String text) {
    StringBuilder ours = new StringBuilder();
    text.lines()
        .filter(line -> line.contains("tlsrpt_"))
        .forEach(line -> ours.append(line).append('\n'));
    return ours.toString();
  }

  private static List<Described> described() throws IOException {
    List<Described> described = new ArrayList<>();
    for (String line : Files.readAllLines(Build.root().resolve("docs/prometheus.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        described.add(
            new Described(row.group(1), row.group(2), row.group(3), row.group(4), row.group(5)));
      }
    }
    assertThat(described).hasSizeGreaterThan(15);
    return described;
  }
}
