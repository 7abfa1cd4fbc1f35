// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.history.Position;
import io.tlsrpt.figures.history.ReportHistory;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.ReportsOfDay;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.figures.receiver.ReceiverState;
import io.tlsrpt.figures.receiver.StepDuration;
import io.tlsrpt.figures.receiver.UnknownDomain;
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
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The figures of reports that a test gives. */
final class SampleFigures implements FiguresSource, ReportHistory {
  static final Instant NOW = Instant.parse("2026-11-25T09:41:00Z");
  static final String DANE = "dane";
  static final LocalDate YESTERDAY = LocalDate.parse("2026-11-24");

  final List<DomainName> neverReported = new ArrayList<>();
  final List<UnknownDomain> unknownDomains = new ArrayList<>();
  final List<RejectedMail> rejections = new ArrayList<>();
  final List<WaitingMail> waiting = new ArrayList<>();
  final List<StepDuration> steps = new ArrayList<>();
  ReceiverState receiver = ReceiverState.startedAt(Instant.parse("2026-11-20T00:00:00Z"));
  Optional<String> storeError = Optional.empty();
  Postures postures = Postures.NONE;
  Instant now = NOW;

  private final Map<DomainName, DomainState> states = new TreeMap<>();
  private final List<StoredReport> stored = new ArrayList<>();

  /** One domain of each health, with reports of a month. */
  static SampleFigures ofAll() {
    SampleFigures figures = new SampleFigures();
    for (int day = 30; day >= 1; day--) {
      figures.add(new Told("bigmail.example", "fine.example", "testing", day, 500));
      figures.add(new Told("officepost.example", "fine.example", "testing", day, 120));
      figures.add(
          new Told("bigmail.example", "losing.example", "enforce", day, 300),
          expired(day < 5 ? 45 : 0));
      figures.add(
          new Told("officepost.example", "losing.example", "enforce", day, 80),
          expired(day < 4 ? 28 : 0));
      figures.add(
          new Told("bigmail.example", "failing.example", "none", day, 40), noTls(day < 3 ? 7 : 0));
      if (day > 10) {
        figures.add(new Told("bigmail.example", "silent.example", "enforce", day, 12));
      }
    }
    figures.neverReported.add(new DomainName("never.example"));
    return figures;
  }

  /**
   * What a reporter told of a domain, so many days ago.
   *
   * @param mode of MTA-STS, or {@link #DANE}
   */
  record Told(String reporter, String domain, String mode, int daysAgo, long successful) {}

  static List<FailureDetails> expired(long sessions) {
    return sessions == 0
        ? List.of()
        : List.of(details("certificate-expired", sessions, "mx2.losing.example", ""));
  }

  static List<FailureDetails> noTls(long sessions) {
    return sessions == 0
        ? List.of()
        : List.of(details("starttls-not-supported", sessions, "mx.failing.example", ""));
  }

  static FailureDetails details(String type, long sessions, String mx, String information) {
    return new FailureDetails(
        new ResultType(type),
        Optional.of("2001:db8::25"),
        Optional.of(mx),
        Optional.of("helo." + mx),
        Optional.of("203.0.113.56"),
        sessions,
        Optional.of(information).filter(text -> !text.isEmpty()),
        Optional.of("code-7"));
  }

  /** Receives a report without failures. */
  void add(Told told) {
    add(told, List.of());
  }

  /** Receives a report of one day, at three in the morning of the day after. */
  StoredReport add(Told told, List<FailureDetails> failures) {
    LocalDate day = YESTERDAY.plusDays(1).minusDays(told.daysAgo());
    return add(told, failures, "id-" + stored.size(), day);
  }

  private StoredReport add(Told told, List<FailureDetails> failures, String id, LocalDate day) {
    DomainName domain = new DomainName(told.domain());
    PolicyResult entry =
        new PolicyResult(
            told.mode().equals(DANE)
                ? new Policy(PolicyType.TLSA, List.of(), Optional.of(domain), List.of())
                : new Policy(
                    PolicyType.STS,
                    List.of("mode: " + told.mode()),
                    Optional.of(domain),
                    List.of()),
            new Summary(
                told.successful(),
                failures.stream().mapToLong(FailureDetails::failedSessionCount).sum()),
            ReportedFailures.of(failures));
    TlsReport report =
        new TlsReport(
            Optional.empty(),
            Optional.of(
                new DateRange(
                    day.atStartOfDay().toInstant(ZoneOffset.UTC),
                    day.atTime(LocalTime.of(23, 59, 59)).toInstant(ZoneOffset.UTC))),
            "",
            Optional.empty(),
            Optional.of(id),
            List.of(entry));
    Contribution said =
        Contribution.of(
            new ReceivedReport(
                new DomainName(told.reporter()),
                day.plusDays(1).atTime(LocalTime.of(3, 0)).toInstant(ZoneOffset.UTC),
                report,
                ReceivedReport.DEFAULT_RETENTION),
            domain,
            report.policies());
    states.put(domain, domain(domain).plus(said, said.receivedAt(), FailureWindow.DEFAULT));
    StoredReport one =
        new StoredReport(
            new Position(said.receivedAt(), stored.size() + 1L, 1), Optional.of(id), said);
    stored.add(one);
    return one;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public FiguresRules rules() {
    return new FiguresRules(FailureWindow.DEFAULT, UnaryOperator.identity());
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
  public Postures postures() {
    return postures;
  }

  @Override
  public ReceiverFigures receiver() {
    return new ReceiverFigures(
        receiver, 0, 10_000, storeError, Optional.empty(), unknownDomains, "required", "1.2.3");
  }

  @Override
  public Collection<DomainName> neverReported() {
    return neverReported;
  }

  @Override
  public List<StepDuration> stepDurations() {
    return steps;
  }

  @Override
  public List<RejectedMail> lastRejections() {
    return rejections;
  }

  @Override
  public List<WaitingMail> waiting() {
    return waiting;
  }

  @Override
  public ReportHistory history() {
    return this;
  }

  @Override
  public void read(ReportQuery query, Predicate<StoredReport> reader) {
    long read = 0;
    for (StoredReport report :
        stored.stream()
            .sorted(Comparator.comparing(StoredReport::position, Position.NEWEST_FIRST))
            .filter(query::accepts)
            .toList()) {
      if (read++ == query.atMost() || !reader.test(report)) {
        return;
      }
    }
  }

  @Override
  public List<StoredReport> report(long id) {
    return stored.stream().filter(report -> report.position().report() == id).toList();
  }

  @Override
  public List<ReportsOfDay> days(DomainName domain, LocalDate since) {
    Map<LocalDate, ReportsOfDay> days = new TreeMap<>();
    stored.stream()
        .map(StoredReport::contribution)
        .filter(said -> said.domain().equals(domain) && !said.day().isBefore(since))
        .forEach(
            said ->
                days.merge(
                    said.day(),
                    new ReportsOfDay(said.day(), 1, said.headline(), said.failures()),
                    (one, other) ->
                        new ReportsOfDay(
                            one.day(),
                            one.reports() + other.reports(),
                            one.sessions().plus(other.sessions()),
                            one.failures().plus(other.failures()))));
    return List.copyOf(days.values());
  }
}
