// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.metrics;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.StepDuration;
import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.view.ReceiverFigures;
import io.tlsrpt.webadmin.metrics.Family.Series;
import io.tlsrpt.webadmin.metrics.Family.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What Prometheus is told of the receiver. Names, labels and help are those of
 * conf/prometheus/jmx-exporter.yml, and a test compares the two.
 */
final class ReceiverMetrics {
  private static final String OUTCOME = "outcome";
  private static final String REASON = "reason";

  private static final List<Family<Shown>> ALL =
      List.of(
          Family.counter(
              "tlsrpt_reports",
              "Reports by outcome since the receiver started.",
              List.of(
                  new Series<>(
                      Labels.of(OUTCOME, "accepted"), shown -> shown.receiver().state().accepted()),
                  new Series<>(
                      Labels.of(OUTCOME, "duplicate"),
                      shown -> shown.receiver().state().duplicate()),
                  new Series<>(
                      Labels.of(OUTCOME, "rejected"),
                      shown -> shown.receiver().state().rejected()))),
          Family.counter(
              "tlsrpt_report_rejections",
              "Rejected reports by reason.",
              Arrays.stream(RejectionReason.values())
                  .map(
                      reason ->
                          new Series<Shown>(
                              Labels.of(REASON, reason.key()),
                              shown -> shown.receiver().state().rejected(reason)))
                  .toList()),
          Family.gauge(
              "tlsrpt_reports_deferred",
              "Reports that wait now, by the reason why they wait.",
              Arrays.stream(DeferralReason.values())
                  .map(
                      reason ->
                          new Series<Shown>(
                              Labels.of(REASON, reason.key()),
                              shown -> shown.receiver().state().deferred(reason)))
                  .toList()),
          Family.gauge(
              "tlsrpt_store_available",
              "1 if reports can be stored.",
              shown -> shown.receiver().storeError().isEmpty() ? 1 : 0),
          Family.gauge(
              "tlsrpt_domains",
              "Domains that are shown, with at least one report.",
              Shown::domains),
          Family.gauge(
              "tlsrpt_domains_limit",
              "Most domains that can be shown; what reports say of a further one is left out.",
              shown -> shown.receiver().domainLimit()),
          Family.gauge(
              "tlsrpt_domains_never_reported",
              "Served domains without any report.",
              Shown::neverReported));

  private static final Family<String> BUILD =
      Family.gauge("tlsrpt_build", "The plugin's version.", version -> 1);

  private static final Family<StepDuration> STEP_DURATIONS =
      Family.gauge(
          "tlsrpt_step_duration_seconds",
          "Time that a step of the intake takes for a mail.",
          List.of(
              new Series<>(Labels.of("percentile", "50"), step -> seconds(step.median())),
              new Series<>(Labels.of("percentile", "99"), step -> seconds(step.percentile99()))));

  private ReceiverMetrics() {}

  /**
   * All that is told of the receiver.
   *
   * @param domains how many are shown
   */
  record Shown(
      ReceiverFigures receiver, long domains, long neverReported, List<StepDuration> steps) {
    Shown {
      requireNonNull(receiver, "receiver");
      steps = List.copyOf(steps);
    }

    static Shown of(FiguresSource source, long domains) {
      return new Shown(
          source.receiver(), domains, source.neverReported().size(), source.stepDurations());
    }
  }

  /** Writes the metrics, one after the other. */
  static void writeTo(MetricsText out, TextFormat format, Shown shown) throws IOException {
    for (Family<Shown> family : ALL) {
      family.writeTo(out, format, List.of(new Subject<>(Labels.NONE, shown)));
    }
    String version = shown.receiver().version();
    BUILD.writeTo(out, format, List.of(new Subject<>(Labels.of("version", version), version)));
    STEP_DURATIONS.writeTo(
        out,
        format,
        shown.steps().stream()
            .map(step -> new Subject<>(Labels.of("step", step.step()), step))
            .sorted(Comparator.comparing(Subject::labels))
            .toList());
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
