// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.metrics;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.PolicyKind;
import io.tlsrpt.report.MtaStsMode;
import io.tlsrpt.webadmin.metrics.Family.Series;
import io.tlsrpt.webadmin.metrics.Family.Subject;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What Prometheus is told of each domain. Names, labels and help are those of
 * conf/prometheus/jmx-exporter.yml, and a test compares the two.
 */
final class DomainMetrics {
  private static final String RESULT = "result";
  private static final String SUCCESS = "success";
  private static final String FAILURE = "failure";

  private static final List<Family<DomainFigures>> ALL =
      List.of(
          Family.counter(
              "tlsrpt_sessions",
              "Sessions reported, each counted once.",
              List.of(
                  new Series<>(
                      Labels.of(RESULT, SUCCESS),
                      domain -> domain.totals().sessions().successful()),
                  new Series<>(
                      Labels.of(RESULT, FAILURE), domain -> domain.totals().sessions().failed()))),
          Family.gauge(
              "tlsrpt_failure_ratio",
              "Active failures divided by all sessions of the same reports, 0 to 1.",
              DomainFigures::failureRatio),
          Family.gauge(
              "tlsrpt_losing_mail",
              "1 if a failure is active for which senders keep mail back.",
              domain -> one(domain.losingMail())),
          Family.gauge(
              "tlsrpt_enforce_ready",
              "1 if MTA-STS mode testing can become enforce, by what reports say.",
              domain -> one(domain.enforceReady())),
          Family.gauge(
              "tlsrpt_reporters",
              "Reporters with a report within failureWindow.",
              DomainFigures::reporters),
          Family.gauge(
              "tlsrpt_reporters_overdue",
              "Reporters silent for longer than is usual for them, 3 days at least.",
              DomainFigures::reportersOverdue),
          Family.gauge(
              "tlsrpt_last_report_timestamp_seconds",
              "Receipt of the newest accepted report.",
              domain -> Family.seconds(domain.totals().lastReportTime())),
          Family.gauge(
              "tlsrpt_last_failure_timestamp_seconds",
              "Start of the latest failing day ever reported; absent if there was none.",
              domain -> start(domain.totals().lastFailure())),
          Family.gauge(
              "tlsrpt_active_failures",
              "Failed sessions of active failures, by result type.",
              byFailureKind(kind -> domain -> domain.activeFailures().of(kind))),
          Family.counter(
              "tlsrpt_failures",
              "Failed sessions reported, by result type.",
              byFailureKind(kind -> domain -> domain.totals().failures().of(kind))),
          Family.gauge(
              "tlsrpt_policy_mode",
              "1 for the MTA-STS mode in force by vote of the reporters.",
              Arrays.stream(MtaStsMode.values())
                  .map(
                      mode ->
                          new Series<DomainFigures>(
                              Labels.of("mode", mode.key()), domain -> one(domain.mode() == mode)))
                  .toList()),
          Family.counter(
              "tlsrpt_policy_sessions",
              "Sessions as reported under each policy type, not to be added up.",
              Arrays.stream(PolicyKind.values()).flatMap(DomainMetrics::sessions).toList()),
          Family.gauge(
              "tlsrpt_active_since_timestamp_seconds",
              "Start of the first failing day of the present incident; absent if nothing is"
                  + " failing.",
              byFailureKind(kind -> domain -> start(activeSince(domain, kind)))));

  private DomainMetrics() {}

  /**
   * Writes the metrics, one after the other.
   *
   * @param domains in the order of their names
   */
  static void writeTo(MetricsText out, TextFormat format, List<DomainFigures> domains)
      throws IOException {
    List<Subject<DomainFigures>> subjects =
        domains.stream()
            .map(domain -> new Subject<>(Labels.of("domain", domain.domain().value()), domain))
            .toList();
    for (Family<DomainFigures> family : ALL) {
      family.writeTo(out, format, subjects);
    }
  }

  private static List<Series<DomainFigures>> byFailureKind(
      Function<FailureKind, ToDoubleFunction<DomainFigures>> value) {
    return Arrays.stream(FailureKind.values())
        .map(kind -> new Series<>(Labels.of("result_type", kind.key()), value.apply(kind)))
        .toList();
  }

  private static Stream<Series<DomainFigures>> sessions(PolicyKind kind) {
    Labels policy = Labels.of("policy_type", kind.key());
    return Stream.of(
        new Series<>(policy.and(RESULT, SUCCESS), domain -> domain.totals().of(kind).successful()),
        new Series<>(policy.and(RESULT, FAILURE), domain -> domain.totals().of(kind).failed()));
  }

  private static Optional<LocalDate> activeSince(DomainFigures domain, FailureKind kind) {
    // No stream: this is asked 13 times of each domain.
    for (FailureFigures failure : domain.failures()) {
      if (failure.kind() == kind) {
        return failure.activeSince();
      }
    }
    return Optional.empty();
  }

  private static double one(boolean truth) {
    return truth ? 1 : 0;
  }

  private static double start(Optional<LocalDate> day) {
    return Family.seconds(day.map(date -> date.atStartOfDay(ZoneOffset.UTC).toInstant()));
  }
}
