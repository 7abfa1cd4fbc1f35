// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.history.ReportHistory;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.figures.receiver.ReceiverState;
import io.tlsrpt.figures.receiver.StepDuration;
import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.Policy;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.PolicyType;
import io.tlsrpt.report.ReportedFailures;
import io.tlsrpt.report.ResultType;
import io.tlsrpt.report.Summary;
import io.tlsrpt.report.TlsReport;
import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.view.ReceiverFigures;
import io.tlsrpt.view.RejectedMail;
import io.tlsrpt.view.WaitingMail;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Figures of reports that a test receives, with a clock that it sets. */
final class SampleSource implements FiguresSource {
  static final FiguresRules RULES =
      new FiguresRules(FailureWindow.DEFAULT, UnaryOperator.identity());

  volatile Instant now = Instant.parse("2026-11-25T09:00:00Z");
  ReceiverState receiver = ReceiverState.startedAt(Instant.parse("2026-11-20T00:00:00Z"));
  Optional<String> storeError = Optional.empty();
  Postures postures = Postures.NONE;
  final List<DomainName> neverReported = new ArrayList<>();

  /** Domains whose newest report another server has committed. */
  final Set<DomainName> others = new HashSet<>();

  private final Map<DomainName, DomainState> states = new TreeMap<>();

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** A report about a day, received now, and what it tells a listener. */
  List<DomainEvent> receive(
      String reporter, String domain, String mode, int daysAgo, FailureDetails... failures) {
    DomainName name = new DomainName(domain);
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(daysAgo);
    PolicyResult entry =
        new PolicyResult(
            new Policy(PolicyType.STS, List.of("mode: " + mode), Optional.of(name), List.of()),
            new Summary(
                1_140,
                List.of(failures).stream().mapToLong(FailureDetails::failedSessionCount).sum()),
            ReportedFailures.of(List.of(failures)));
    TlsReport report =
        new TlsReport(
            Optional.empty(),
            Optional.of(
                new DateRange(
                    day.atStartOfDay().toInstant(ZoneOffset.UTC),
                    day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).minusSeconds(1))),
            "",
            Optional.empty(),
            Optional.of("id"),
            List.of(entry));
    DomainState before = domain(name);
    DomainState after =
        before.plus(
            Contribution.of(
                new ReceivedReport(
                    new DomainName(reporter), now, report, ReceivedReport.DEFAULT_RETENTION),
                name,
                report.policies()),
            now,
            FailureWindow.DEFAULT);
    states.put(name, after);
    return DomainEvent.between(before, now, after, now, RULES);
  }

  /** A reporter that has told of three clean days, so that it is believed. */
  void established(String domain, String mode) {
    Instant today = now;
    for (int day = 5; day >= 3; day--) {
      now = today.minus(Duration.ofDays(day - 1));
      receive("bigmail.example", domain, mode, 1);
    }
    now = today;
  }

  static FailureDetails failed(String type, long sessions, String mx) {
    return new FailureDetails(
        new ResultType(type),
        Optional.of("2001:db8::25"),
        Optional.of(mx),
        Optional.of("helo.example"),
        Optional.of("203.0.113.56"),
        sessions,
        Optional.of("http://evil.example/information"),
        Optional.of("http://evil.example/code"));
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public FiguresRules rules() {
    return RULES;
  }

  @Override
  public Collection<DomainState> domains() {
    return List.copyOf(states.values());
  }

  @Override
  public DomainState domain(DomainName domain) {
    return states.getOrDefault(domain, DomainState.of(domain));
  }

  @Override
  public boolean isOwn(DomainName domain) {
    return !others.contains(domain);
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
  public Postures postures() {
    return postures;
  }

  @Override
  public ReceiverFigures receiver() {
    return new ReceiverFigures(
        receiver, 0, 10_000, storeError, Optional.empty(), List.of(), "required", "1.2.3");
  }

  @Override
  public Collection<DomainName> neverReported() {
    return neverReported;
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

  @Override
  public ReportHistory history() {
    throw new UnsupportedOperationException("no mail needs it");
  }
}
