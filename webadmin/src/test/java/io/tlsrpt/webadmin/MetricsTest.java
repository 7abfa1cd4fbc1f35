// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.jmx.JmxCollector;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.jmx.JmxExporter;
import io.tlsrpt.jmx.JmxMeters;
import io.tlsrpt.receiver.port.IntakeStep;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.webadmin.http.Answer;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.management.MBeanServer;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Path RULES = Path.of("../conf/prometheus/jmx-exporter.yml");
  private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";

  /** Prometheus 2.42's. */
  private static final String PROMETHEUS =
      OPEN_METRICS + ",application/openmetrics-text;version=0.0.1;q=0.75,text/plain;q=0.5";

  /** The agent multiplies milliseconds by 0.001, and so has a last digit of its own. */
  private static final Pattern DURATION =
      Pattern.compile("(tlsrpt_step_duration_seconds\\{.*}) (.*)");

  private final SampleFigures figures = figures();

  private static SampleFigures figures() {
    SampleFigures figures = SampleFigures.ofAll();
    for (ReportOutcome outcome :
        List.of(
            new ReportOutcome.Accepted(Deviations.NONE),
            new ReportOutcome.Accepted(Deviations.NONE),
            new ReportOutcome.Duplicate(Deviations.NONE),
            new ReportOutcome.Rejected(RejectionReason.MALFORMED, ""),
            new ReportOutcome.Deferred(DeferralReason.DNS, ""))) {
      figures.receiver = figures.receiver.plus(outcome, SampleFigures.NOW);
    }
    figures.postures = new SamplePostures();
    return figures;
  }

  @Test
  void seriesShouldBeThoseThatTheExporterMakesOfTheBeans() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try (JmxMeters meters = new JmxMeters(server);
        JmxExporter beans = JmxExporter.open(server, figures.rules(), figures)) {
      figures.domains().stream().map(DomainState::domain).forEach(beans::show);
      figures.postures().domains().forEach(beans.postures()::changed);
      figures.postures().hosts().forEach(beans.postures()::changed);
      for (IntakeStep step : IntakeStep.values()) {
        meters.time(step).close();
        meters.time(step).close();
      }
      figures.steps.addAll(meters.stepDurations());

      List<String> exported = exported();

      assertThat(exported)
          .hasSizeGreaterThan(200)
          .anyMatch(line -> line.startsWith("# HELP tlsrpt_failure_ratio "))
          .anyMatch(line -> line.startsWith("tlsrpt_step_duration_seconds{percentile=\"99\","))
          .contains(
              "tlsrpt_check_ok{check=\"mta-sts\",domain=\"never.example\"} 0.0",
              "tlsrpt_mx_check_ok{check=\"certificate\",mx=\"mx2.losing.example\"} 0.0",
              "tlsrpt_failure_confirmed"
                  + "{domain=\"losing.example\",result_type=\"certificate-expired\"} 1.0",
              "tlsrpt_problem_domains{check=\"mta-sts\"} 1.0")
          .noneMatch(line -> line.contains("check=\"dane\",domain="))
          .noneMatch(line -> line.contains("certificate_expires") && line.contains("never."));
      assertThat(lines("")).containsExactlyInAnyOrderElementsOf(exported);
    }
  }

  @Test
  void storeThatIsDownShouldBeTold() {
    figures.storeError = Optional.of("disk full");

    assertThat(lines("")).contains("tlsrpt_store_available 0.0");
  }

  @Test
  void clientShouldGetTheFormatThatItAsksFor() {
    Answer openMetrics = asking().scrape(PROMETHEUS);
    Answer text = asking().scrape("");

    assertThat(openMetrics.status()).isEqualTo(200);
    assertThat(openMetrics.type())
        .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(openMetrics.body())
        .contains("# TYPE tlsrpt_sessions counter\n")
        .containsOnlyOnce("# EOF")
        .endsWith("\n# EOF\n");
    assertThat(text.type()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(text.body()).contains("# TYPE tlsrpt_sessions_total counter\n");
    assertThat(samples(text)).hasSizeGreaterThan(100).isEqualTo(samples(openMetrics));
  }

  /** Prometheus does so first if it looks for native histograms; that format is not in our jars. */
  @Test
  void clientThatWouldRatherHaveProtobufShouldGetText() {
    String protobuf =
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;q=0.6,";

    assertThat(asking().scrape(protobuf + "text/plain;version=0.0.4;q=0.4").type())
        .startsWith("text/plain");
    assertThat(asking().scrape(protobuf + OPEN_METRICS).type())
        .startsWith("application/openmetrics-text");
  }

  @Test
  void serverWithoutAReceiverShouldBeUpAndHaveNoSeries() {
    Asking nobody = Asking.withoutReceiver();

    assertThat(nobody.scrape(PROMETHEUS).status()).isEqualTo(200);
    assertThat(nobody.scrape(PROMETHEUS).body()).isEqualTo("# EOF\n");
    assertThat(nobody.scrape("").body()).isEmpty();
  }

  private Asking asking() {
    return new Asking(figures);
  }

  private List<String> lines(String accept) {
    return asking().scrape(accept).body().lines().map(MetricsTest::inNanoseconds).toList();
  }

  private static List<String> samples(Answer answer) {
    return answer.body().lines().filter(line -> !line.startsWith("#")).toList();
  }

  private static List<String> exported() throws Exception {
    PrometheusRegistry registry = new PrometheusRegistry();
    new JmxCollector(RULES.toFile()).register(registry);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, registry.scrape());
    return text.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("tlsrpt_"))
        .map(MetricsTest::inNanoseconds)
        .toList();
  }

  private static String inNanoseconds(String line) {
    return DURATION
        .matcher(line)
        .replaceFirst(duration -> duration.group(1) + " " + nanoseconds(duration) + "e-9");
  }

  private static long nanoseconds(MatchResult duration) {
    return Math.round(Double.parseDouble(duration.group(2)) * 1e9);
  }
}
