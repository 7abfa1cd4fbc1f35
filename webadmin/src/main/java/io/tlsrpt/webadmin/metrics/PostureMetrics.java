// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.metrics;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.Verdict;
import io.tlsrpt.view.FailureExplained;
import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.webadmin.metrics.Family.Series;
import io.tlsrpt.webadmin.metrics.Family.Subject;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What Prometheus is told of what the receiver sees itself. Names, labels and help are those of
 * conf/prometheus/jmx-exporter.yml, and a test compares the two.
 */
final class PostureMetrics {
  private static final String CHECK = "check";

  private static final List<Family<Posture>> OF_DOMAIN =
      List.of(
          Family.gauge(
              "tlsrpt_check_ok",
              "1 if a check of what the domain publishes is ok, 0 if it is failing; absent where"
                  + " nothing can be said.",
              Arrays.stream(DomainCheck.values())
                  .map(
                      check ->
                          new Series<Posture>(
                              Labels.of(CHECK, check.key()),
                              posture -> Family.perhaps(posture.check(check).status().ok())))
                  .toList()),
          Family.gauge(
              "tlsrpt_policy_certificate_expires_timestamp_seconds",
              "When the certificate of the domain's policy host ends.",
              posture -> Family.seconds(posture.policyCertificateExpires())),
          Family.gauge(
              "tlsrpt_last_check_timestamp_seconds",
              "When the domain was last looked at.",
              posture -> Family.seconds(posture.lastLook())));

  private static final List<Family<MxPosture>> OF_HOST =
      List.of(
          Family.gauge(
              "tlsrpt_mx_check_ok",
              "1 if a check of the MX host is ok, 0 if it is failing; absent where nothing can be"
                  + " said.",
              Arrays.stream(MxCheck.values())
                  .map(
                      check ->
                          new Series<MxPosture>(
                              Labels.of(CHECK, check.key()),
                              host -> Family.perhaps(host.check(check).status().ok())))
                  .toList()),
          Family.gauge(
              "tlsrpt_mx_certificate_expires_timestamp_seconds",
              "When the MX host's certificate ends, or one that vouches for it.",
              host -> Family.seconds(host.tls().map(MxPosture.Tls::certificateExpires))));

  private static final Family<Map<FailureKind, Verdict>> CONFIRMED =
      Family.gauge(
          "tlsrpt_failure_confirmed",
          "1 if the receiver sees a reported failure itself, 0 if it does not; absent where it"
              + " cannot say.",
          Arrays.stream(FailureKind.values())
              .map(
                  kind ->
                      new Series<Map<FailureKind, Verdict>>(
                          Labels.of("result_type", kind.key()),
                          verdicts -> confirmed(verdicts.getOrDefault(kind, Verdict.OFF))))
              .toList());

  private static final Family<Map<DomainCheck, Long>> PROBLEMS =
      Family.gauge(
          "tlsrpt_problem_domains",
          "Domains of which a check is failing.",
          Arrays.stream(DomainCheck.values())
              .map(
                  check ->
                      new Series<Map<DomainCheck, Long>>(
                          Labels.of(CHECK, check.key()),
                          failing -> failing.getOrDefault(check, 0L)))
              .toList());

  private PostureMetrics() {}

  /** What is told, taken at one time. */
  record Looked(
      List<Subject<Posture>> domains,
      List<Subject<MxPosture>> hosts,
      List<Subject<Map<FailureKind, Verdict>>> verdicts,
      Map<DomainCheck, Long> problems) {

    static Looked of(FiguresSource source, List<DomainFigures> figures) {
      List<Subject<Posture>> domains =
          source.postures().domains().stream()
              .sorted(Comparator.comparing(Posture::domain))
              .map(posture -> of(posture.domain().value(), posture))
              .toList();
      return new Looked(
          domains,
          source.postures().hosts().stream()
              .sorted(Comparator.comparing(MxPosture::host))
              .map(host -> new Subject<>(Labels.of("mx", host.host()), host))
              .toList(),
          figures.stream()
              .filter(domain -> !domain.failures().isEmpty())
              .map(domain -> of(domain.domain().value(), verdictsOf(domain, source)))
              .toList(),
          problemsOf(domains));
    }

    private static <T> Subject<T> of(String domain, T figures) {
      return new Subject<>(Labels.of("domain", domain), figures);
    }
  }

  private static Map<FailureKind, Verdict> verdictsOf(DomainFigures domain, FiguresSource source) {
    Map<FailureKind, Verdict> verdicts = new EnumMap<>(FailureKind.class);
    for (FailureFigures failure : domain.failures()) {
      verdicts.put(
          failure.kind(), FailureExplained.of(domain, failure, source).judgement().verdict());
    }
    return verdicts;
  }

  private static Map<DomainCheck, Long> problemsOf(List<Subject<Posture>> domains) {
    Map<DomainCheck, Long> failing = new EnumMap<>(DomainCheck.class);
    for (Subject<Posture> domain : domains) {
      for (DomainCheck check : DomainCheck.values()) {
        if (domain.figures().check(check).status() == CheckStatus.FAILING) {
          failing.merge(check, 1L, Long::sum);
        }
      }
    }
    return failing;
  }

  private static double confirmed(Verdict verdict) {
    return switch (verdict) {
      case CONFIRMED -> 1;
      case MENDED, PUBLISHED_OTHERWISE, NOT_SEEN -> 0;
      case OFF, UNKNOWN -> Family.ABSENT;
    };
  }

  /** Writes the metrics, one after the other. */
  static void writeTo(MetricsText out, TextFormat format, Looked looked) throws IOException {
    for (Family<Posture> family : OF_DOMAIN) {
      family.writeTo(out, format, looked.domains());
    }
    for (Family<MxPosture> family : OF_HOST) {
      family.writeTo(out, format, looked.hosts());
    }
    CONFIRMED.writeTo(out, format, looked.verdicts());
    PROBLEMS.writeTo(out, format, List.of(new Subject<>(Labels.NONE, looked.problems())));
  }
}
