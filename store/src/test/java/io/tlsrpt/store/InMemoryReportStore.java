// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.history.Position;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.ReportsOfDay;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The simplest store that keeps the contract. Databases are compared with it. */
public final class InMemoryReportStore implements ReportStore {
  private final FailureWindow window;
  private final Map<DomainName, DomainState> domains = new HashMap<>();
  private final List<NewReport> reports = new ArrayList<>();

  /** Identities of reports and names of domains in the order in which they came: their numbers. */
  private final List<Object> numbers = new ArrayList<>();

  private final Map<ReportIdentity, Optional<LocalDate>> purged = new HashMap<>();
  private final Map<String, KnownKey> keys = new HashMap<>();
  private final Map<String, Instant> imports = new HashMap<>();
  private final InstantSource clock;
  private final StoreLimits limits;
  private final Places places;
  private Consumer<StateChange> listener = change -> {};

  public InMemoryReportStore(StoreLimits limits, FailureWindow window, InstantSource clock) {
    this.window = window;
    this.clock = clock;
    this.limits = limits;
    this.places = new Places(limits, domains);
  }

  @Override
  public synchronized List<StoreOutcome> commit(List<NewReport> mail) {
    return mail.stream().map(this::commit).toList();
  }

  private StoreOutcome commit(NewReport next) {
    ReportIdentity identity = next.identity();
    ReportContent content = next.content();
    for (NewReport known : reports) {
      if (known.identity().equals(identity)) {
        return new StoreOutcome.AlreadyStored(known.content().equals(content));
      }
    }
    if (purged.containsKey(identity)) {
      return new StoreOutcome.AlreadyStored(true);
    }
    places.lookAgain();
    Places.Admission admission = places.admit(next.contributions(), clock.instant());
    List<Rejected> leftOut = new ArrayList<>(admission.leftOut());
    List<Contribution> full =
        admission.contributions().stream()
            .filter(contribution -> reportsOfTheDay(contribution) >= StoreLimits.REPORTS_OF_A_DAY)
            .toList();
    full.stream().limit(1).map(StoreLimits::dayIsFull).forEach(leftOut::add);
    List<Contribution> admitted =
        admission.contributions().stream()
            .filter(contribution -> !full.contains(contribution))
            .toList();
    if (admitted.isEmpty()) {
      return new StoreOutcome.Refused(leftOut.getFirst());
    }
    admission.givingWay().forEach(domains::remove);
    boolean contentKnown = reports.stream().anyMatch(known -> known.content().equals(content));
    reports.add(next.with(admitted));
    numbers.add(identity);
    for (Contribution contribution : admitted) {
      if (!numbers.contains(contribution.domain())) {
        numbers.add(contribution.domain());
      }
      DomainState before = domain(contribution.domain());
      DomainState after =
          before
              .withPlaceFor(contribution.reporter(), limits.reporters())
              .plus(contribution, clock.instant(), window);
      domains.put(contribution.domain(), after);
      listener.accept(new StateChange(before, after));
    }
    return new StoreOutcome.Stored(contentKnown, leftOut, admission.givingWay());
  }

  private long reportsOfTheDay(Contribution contribution) {
    return reports.stream()
        .flatMap(report -> report.contributions().stream())
        .filter(
            other ->
                other.reporter().equals(contribution.reporter())
                    && other.domain().equals(contribution.domain())
                    && other.day().equals(contribution.day()))
        .count();
  }

  @Override
  public synchronized void listen(Consumer<StateChange> to) {
    listener = to;
  }

  @Override
  public synchronized void read(ReportQuery query, Predicate<StoredReport> reader) {
    stored().stream()
        .filter(query::accepts)
        .sorted(Comparator.comparing(StoredReport::position, Position.NEWEST_FIRST))
        .limit(query.atMost())
        .takeWhile(reader)
        .forEach(report -> {});
  }

  @Override
  public synchronized List<StoredReport> report(long id) {
    return stored().stream()
        .filter(report -> report.position().report() == id)
        .sorted(Comparator.comparing(report -> report.contribution().domain().value()))
        .toList();
  }

  @Override
  public synchronized List<ReportsOfDay> days(DomainName domain, LocalDate since) {
    return ReportsOfDay.sums(
        stored().stream()
            .map(StoredReport::contribution)
            .filter(said -> said.domain().equals(domain) && !said.day().isBefore(since))
            .map(ReportsOfDay::of)
            .toList());
  }

  private List<StoredReport> stored() {
    return reports.stream()
        .flatMap(
            report ->
                report.contributions().stream()
                    .map(said -> new StoredReport(position(report, said), report.reportId(), said)))
        .toList();
  }

  private Position position(NewReport report, Contribution contribution) {
    return new Position(
        contribution.receivedAt(),
        numbers.indexOf(report.identity()) + 1L,
        numbers.indexOf(contribution.domain()) + 1L);
  }

  @Override
  public synchronized DomainState domain(DomainName domain) {
    return domains.getOrDefault(domain, DomainState.of(domain));
  }

  @Override
  public synchronized Collection<DomainState> domains() {
    return List.copyOf(domains.values());
  }

  @Override
  public synchronized Instant lastReceipt() {
    return domains.values().stream()
        .flatMap(state -> state.totals().lastReportTime().stream())
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  @Override
  public long revision() {
    return domains().stream().mapToLong(state -> state.totals().reports()).sum();
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public List<DomainName> refresh() {
    return List.of();
  }

  @Override
  public boolean isOwn(DomainName domain) {
    return true;
  }

  @Override
  public Optional<String> clockError() {
    return Optional.empty();
  }

  @Override
  public StoreHealth health() {
    return new StoreHealth.Available();
  }

  @Override
  public boolean recover() {
    return true;
  }

  @Override
  public synchronized int deleteReports(Instant receivedBefore, int atMost) {
    List<NewReport> old =
        reports.stream()
            .filter(
                report -> report.contributions().getFirst().receivedAt().isBefore(receivedBefore))
            .limit(atMost)
            .toList();
    reports.removeAll(old);
    for (NewReport report : old) {
      purged.put(
          report.identity(),
          statedEnd(report).map(end -> LocalDate.ofInstant(end, ZoneOffset.UTC)));
    }
    return old.size();
  }

  private static Optional<Instant> statedEnd(NewReport report) {
    Contribution first = report.contributions().getFirst();
    return first.hasRangeOfReceipt()
        ? Optional.empty()
        : Optional.of(first.dateRange().endDatetime());
  }

  @Override
  public synchronized Optional<Instant> latestRangeEnd() {
    return reports.stream().flatMap(r -> statedEnd(r).stream()).max(Instant::compareTo);
  }

  @Override
  public synchronized long reports() {
    return reports.size();
  }

  @Override
  public synchronized int deleteIdentities(LocalDate endedBefore, int atMost) {
    List<ReportIdentity> old =
        purged.entrySet().stream()
            .filter(one -> one.getValue().filter(day -> day.isBefore(endedBefore)).isPresent())
            .map(Map.Entry::getKey)
            .limit(atMost)
            .toList();
    purged.keySet().removeAll(old);
    return old.size();
  }

  @Override
  public synchronized void believe(Instant now) {
    domains.replaceAll((domain, state) -> state.correctedFor(now));
  }

  @Override
  public synchronized List<DomainName> forget(
      Instant before, Instant now, Function<DomainName, DomainStanding> standing) {
    List<DomainName> changed = new ArrayList<>();
    for (DomainState state : domains()) {
      DomainState after = state.since(before);
      if (Places.isFree(state, standing.apply(state.domain()), before, now)) {
        domains.remove(state.domain());
        changed.add(state.domain());
      } else if (!after.equals(state)) {
        domains.put(state.domain(), after);
        changed.add(state.domain());
      }
    }
    return changed;
  }

  @Override
  public synchronized List<KnownKey> knownKeys() {
    return List.copyOf(keys.values());
  }

  @Override
  public synchronized void keepKeys(Collection<KnownKey> kept, Collection<String> forgotten) {
    kept.forEach(key -> keys.put(key.name(), key));
    forgotten.forEach(keys::remove);
  }

  @Override
  public synchronized Map<String, Instant> imports() {
    return Map.copyOf(imports);
  }

  @Override
  public synchronized void addImport(String source, Instant since, Collection<DomainState> past) {
    if (imports.putIfAbsent(source, since) == null) {
      past.forEach(state -> domains.put(state.domain(), domain(state.domain()).withPast(state)));
    }
  }

  @Override
  public synchronized int known(Collection<ReportIdentity> identities) {
    return (int)
        identities.stream()
            .filter(
                identity ->
                    purged.containsKey(identity)
                        || reports.stream().anyMatch(one -> one.identity().equals(identity)))
            .count();
  }

  @Override
  public synchronized void addDeleted(Collection<DeletedReport> deleted) {
    deleted.forEach(report -> purged.put(report.identity(), report.lastDay()));
  }

  @Override
  public void close() {
    // Nothing to do: this store keeps nothing on disk.
  }
}
