// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.jmx;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.figures.history.ReportHistory;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.ReportsOfDay;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.figures.receiver.ReceiverState;
import io.tlsrpt.figures.receiver.StepDuration;
import io.tlsrpt.jmx.JmxExporter;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.view.ReceiverFigures;
import io.tlsrpt.view.RejectedMail;
import io.tlsrpt.view.WaitingMail;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The figures of many domains, and our beans of them. */
public record ExporterBeans(
    Map<DomainName, DomainState> states, Instant now, ReportHistory history, Postures postures)
    implements FiguresSource {
  private static final ReportHistory NO_HISTORY = new NoHistory();

  /** Such as are not looked at. */
  public static ExporterBeans source(ScaledStates scaled) {
    return new ExporterBeans(scaled.states(), scaled.clock().instant(), NO_HISTORY, Postures.NONE);
  }

  /** Such as are looked at, their MX hosts too. */
  public static ExporterBeans lookedAt(ScaledStates scaled) {
    Instant now = scaled.clock().instant();
    return new ExporterBeans(
        scaled.states(), now, NO_HISTORY, new ScaledPostures(scaled.states().keySet(), now));
  }

  /** What registers the beans. */
  static Runnable of(ExporterBeans source) {
    return () -> {
      JmxExporter exporter =
          JmxExporter.open(ManagementFactory.getPlatformMBeanServer(), ScaledStates.RULES, source);
      source.states().keySet().forEach(exporter::show);
      source.postures().domains().forEach(exporter.postures()::changed);
      source.postures().hosts().forEach(exporter.postures()::changed);
    };
  }

  @Override
  public FiguresRules rules() {
    return ScaledStates.RULES;
  }

  @Override
  public Collection<DomainState> domains() {
    return states.values();
  }

  @Override
  public DomainState domain(DomainName domain) {
    return states.getOrDefault(domain, DomainState.of(domain));
  }

  @Override
  public Collection<DomainName> named() {
    return List.of();
  }

  @Override
  public boolean isOurs(DomainName domain) {
    return true;
  }

  @Override
  public ReceiverFigures receiver() {
    return new ReceiverFigures(
        ReceiverState.startedAt(now),
        0,
        states.size(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        "required",
        "benchmark");
  }

  @Override
  public Collection<DomainName> neverReported() {
    return List.of();
  }

  @Override
  public List<StepDuration> stepDurations() {
    return List.of();
  }

  @Override
  public List<RejectedMail> lastRejections() {
    return List.of();
  }

  @Override
  public List<WaitingMail> waiting() {
    return List.of();
  }

  /** Of states that no reports are kept of. */
  private static final class NoHistory implements ReportHistory {
    @Override
    public void read(ReportQuery query, Predicate<StoredReport> reader) {}

    @Override
    public List<StoredReport> report(long id) {
      return List.of();
    }

    @Override
    public List<ReportsOfDay> days(DomainName domain, LocalDate since) {
      return List.of();
    }
  }
}
