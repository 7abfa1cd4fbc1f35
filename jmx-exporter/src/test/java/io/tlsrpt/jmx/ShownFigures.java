// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.history.HistoryUnavailableException;
import io.tlsrpt.figures.history.Position;
import io.tlsrpt.figures.history.ReportHistory;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.ReportsOfDay;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.figures.receiver.ReceiverState;
import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.figures.receiver.StepDuration;
import io.tlsrpt.figures.receiver.UnknownDomain;
import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.Deviations;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;

/** An exporter, and the figures that it shows: those of reports that a test gives it. */
final class ShownFigures implements FiguresSource, AutoCloseable {
  static final DomainName DOMAIN = new DomainName("example.com");
  static final Instant RECEIVED = Instant.parse("2026-06-02T15:00:00Z");

  final MBeanServer server = MBeanServerFactory.newMBeanServer();
  final AtomicReference<Instant> clock = new AtomicReference<>(RECEIVED);
  final AtomicReference<ReceiverState> receiver =
      new AtomicReference<>(ReceiverState.startedAt(RECEIVED));
  final AtomicReference<Optional<String>> storeError = new AtomicReference<>(Optional.empty());
  final AtomicReference<Optional<String>> clockError = new AtomicReference<>(Optional.empty());
  final AtomicReference<List<UnknownDomain>> unknownDomains = new AtomicReference<>(List.of());
  final AtomicReference<List<DomainName>> neverReported = new AtomicReference<>(List.of());
  final AtomicBoolean isHistoryGone = new AtomicBoolean();
  final SamplePostures postures = new SamplePostures();
  private final Map<DomainName, DomainState> states = new ConcurrentHashMap<>();
  private final List<StoredReport> kept = new CopyOnWriteArrayList<>();
  final JmxExporter exporter = open();

  JmxExporter open() {
    return JmxExporter.open(server, rules(), this);
  }

  void publish(DomainState state) {
    states.put(state.domain(), state);
    exporter.show(state.domain());
  }

  /** Receives a report: counts it, adds it to the state and shows its domain. */
  void receive(Contribution report) {
    kept.addFirst(
        new StoredReport(
            new Position(report.receivedAt(), kept.size(), 1),
            Optional.of("id-" + kept.size()),
            report));
    receiver.updateAndGet(
        state -> state.plus(new ReportOutcome.Accepted(Deviations.NONE), report.receivedAt()));
    publish(domain(report.domain()).plus(report, report.receivedAt(), FailureWindow.DEFAULT));
  }

  /** A report of reporter.example about the day before, received now. */
  Contribution report(
      DomainName domain, long successful, long failed, List<FailureDetails> details) {
    PolicyResult entry =
        new PolicyResult(
            new Policy(PolicyType.STS, List.of("mode: enforce"), Optional.of(domain), List.of()),
            new Summary(successful, failed),
            ReportedFailures.of(details));
    TlsReport report =
        new TlsReport(
            Optional.empty(),
            Optional.of(
                new DateRange(
                    Instant.parse("2026-06-01T00:00:00Z"), Instant.parse("2026-06-01T23:59:59Z"))),
            "",
            Optional.empty(),
            Optional.of("1"),
            List.of(entry));
    return Contribution.of(
        new ReceivedReport(
            new DomainName("reporter.example"),
            clock.get(),
            report,
            ReceivedReport.DEFAULT_RETENTION),
        domain,
        report.policies());
  }

  static FailureDetails expired(long sessions) {
    return details("certificate-expired", sessions, "mx.example.com", "");
  }

  static FailureDetails details(
      String resultType, long sessions, String receivingMx, String additionalInformation) {
    return new FailureDetails(
        new ResultType(resultType),
        Optional.of("192.0.2.7"),
        Optional.of(receivingMx),
        Optional.empty(),
        Optional.of("2001:db8::25"),
        sessions,
        Optional.of(additionalInformation),
        Optional.of("code-1"));
  }

  @Override
  public Instant now() {
    return clock.get();
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
        receiver.get(),
        receiver.get().accepted(),
        10_000,
        storeError.get(),
        clockError.get(),
        unknownDomains.get(),
        "off",
        "1.2.3");
  }

  @Override
  public Collection<DomainName> neverReported() {
    return neverReported.get();
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
    return new KeptReports();
  }

  private final class KeptReports implements ReportHistory {
    @Override
    public void read(ReportQuery query, Predicate<StoredReport> reader) {
      if (isHistoryGone.get()) {
        throw new HistoryUnavailableException("the reports cannot be read");
      }
      kept.stream()
          .filter(query::accepts)
          .limit(query.atMost())
          .takeWhile(reader)
          .forEach(report -> {});
    }

    @Override
    public List<StoredReport> report(long id) {
      throw new UnsupportedOperationException("no bean asks for one report");
    }

    @Override
    public List<ReportsOfDay> days(DomainName domain, LocalDate since) {
      throw new UnsupportedOperationException("no bean asks for days");
    }
  }

  @Override
  public void close() {
    exporter.close();
  }
}
