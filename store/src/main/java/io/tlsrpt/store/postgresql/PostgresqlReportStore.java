// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.ReportsOfDay;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.DeletedReport;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.KnownKey;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.Places;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StateChange;
import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.StoreRules;
import io.tlsrpt.store.sql.GroupCommit;
import io.tlsrpt.store.sql.HistoryReader;
import io.tlsrpt.store.sql.ShownStates;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Stores reports in a PostgreSQL database that other servers use, too. One connection commits the
 * mails of all threads that wait (group commit), and polls for what others have committed. States
 * are read from memory. After the database has failed, it is tried once a second, and all other
 * uses fail at once until it works again.
 */
final class PostgresqlReportStore implements ReportStore {
  /** Domains changed in one transaction: other servers wait for so many at most. */
  private static final int DOMAINS_AT_ONCE = 100;

  private final StoreRules rules;
  private final InstantSource clock;
  private final ClockComparison clocks;
  private final Sessions sessions;
  private final HistoryReader reader;
  private final ShownStates shown = new ShownStates();

  /** The domains whose newest state this server has committed. */
  private final Set<DomainName> own = ConcurrentHashMap.newKeySet();

  /** Guards the fields below. Fair, so that mails do not wait for all of a purge. */
  private final ReentrantLock writing = new ReentrantLock(true);

  private final GroupCommit commits = new GroupCommit(writing, this::write);

  /** Domains that a new session has found changed, and that no refresh has told of yet. */
  private final Set<DomainName> foundChanged = new LinkedHashSet<>();

  private PostgresqlReportStore(
      PostgresqlDatabase database,
      StoreRules rules,
      Node node,
      InstantSource clock,
      ClockComparison clocks) {
    this.rules = requireNonNull(rules, "rules");
    this.clock = requireNonNull(clock, "clock");
    this.clocks = requireNonNull(clocks, "clocks");
    this.sessions = new Sessions(database, rules, node, clock, clocks, this::show);
    this.reader =
        new HistoryReader(
            new PostgresqlReadings(database, node.name(), HistoryReader.LONGEST),
            PostgresqlReadings.JOIN);
  }

  /** Opens a store; if the database cannot be used now, {@link #health} says why. */
  static PostgresqlReportStore open(
      PostgresqlDatabase database,
      StoreRules rules,
      Node node,
      InstantSource clock,
      ClockComparison clocks) {
    PostgresqlReportStore store = new PostgresqlReportStore(database, rules, node, clock, clocks);
    store.recover();
    return store;
  }

  @Override
  public List<StoreOutcome> commit(List<NewReport> mail) {
    return commits.commit(mail);
  }

  /** Commits the reports of several mails in one transaction: each mail's outcomes, in order. */
  private List<List<StoreOutcome>> write(List<List<NewReport>> mails) {
    Instant now = clock.instant();
    return sessions.use(
        open -> {
          PostgresqlSession.Committed committed =
              Sessions.again(open, () -> open.add(mails, now, rules.window()));
          sessions.endOutageByWriting(committed.domains());
          publish(open, committed.domains(), committed.reported());
          return committed.outcomes();
        });
  }

  @Override
  public List<DomainName> refresh() {
    return exclusively(
        open -> {
          foundChanged.addAll(Sessions.again(open, open::refresh));
          List<DomainName> changed = List.copyOf(foundChanged);
          foundChanged.clear();
          publish(open, changed, List.of());
          return changed;
        });
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public boolean isOwn(DomainName domain) {
    return own.contains(domain);
  }

  @Override
  public Optional<String> clockError() {
    return clocks.error();
  }

  @Override
  public void listen(Consumer<StateChange> to) {
    shown.listen(to);
  }

  @Override
  public void read(ReportQuery query, Predicate<StoredReport> to) {
    reader.read(query, to);
  }

  @Override
  public List<StoredReport> report(long id) {
    return reader.report(id);
  }

  @Override
  public List<ReportsOfDay> days(DomainName domain, LocalDate since) {
    return reader.days(domain, since);
  }

  @Override
  public DomainState domain(DomainName domain) {
    return shown.state(domain);
  }

  @Override
  public Collection<DomainState> domains() {
    return shown.all();
  }

  @Override
  public long revision() {
    return shown.revision();
  }

  @Override
  public Instant lastReceipt() {
    return shown.lastReceipt();
  }

  @Override
  public StoreHealth health() {
    return sessions.health();
  }

  @Override
  public boolean recover() {
    writing.lock();
    try {
      return sessions.recover();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public long reports() {
    return transact(Upkeep::reports);
  }

  @Override
  public Optional<Instant> latestRangeEnd() {
    return transact(Upkeep::latestRangeEnd);
  }

  @Override
  public int deleteReports(Instant receivedBefore, int atMost) {
    return transact(upkeep -> upkeep.delete(receivedBefore, atMost));
  }

  @Override
  public int deleteIdentities(LocalDate endedBefore, int atMost) {
    return transact(upkeep -> upkeep.deleteIdentities(endedBefore, atMost));
  }

  @Override
  public List<KnownKey> knownKeys() {
    return transact(Upkeep::knownKeys);
  }

  @Override
  public void keepKeys(Collection<KnownKey> kept, Collection<String> forgotten) {
    transact(
        upkeep -> {
          upkeep.keepKeys(kept, forgotten);
          return kept;
        });
  }

  @Override
  public Map<String, Instant> imports() {
    return transact(Upkeep::imports);
  }

  @Override
  public int known(Collection<ReportIdentity> reports) {
    return transact(upkeep -> upkeep.known(reports));
  }

  @Override
  public void addDeleted(Collection<DeletedReport> reports) {
    transact(
        upkeep -> {
          upkeep.addDeleted(reports);
          return reports;
        });
  }

  @Override
  public void addImport(String source, Instant since, Collection<DomainState> past) {
    exclusively(
        open -> {
          List<DomainName> changed =
              Sessions.again(open, () -> open.addImport(source, since, past));
          publish(open, changed, List.of());
          return changed;
        });
  }

  @Override
  public void believe(Instant clockThatIsRight) {
    // Milliseconds, the database's resolution, so that a stored time equals the original.
    Instant now = clockThatIsRight.truncatedTo(ChronoUnit.MILLIS);
    transact(
        upkeep -> {
          upkeep.believe(now);
          return now;
        });
    change(
        state -> !state.correctedFor(now).equals(state),
        state -> Optional.of(state.correctedFor(now)));
    shown.findLastReceipt();
  }

  @Override
  public List<DomainName> forget(
      Instant before, Instant now, Function<DomainName, DomainStanding> standing) {
    Predicate<DomainState> isFree =
        state -> Places.isFree(state, standing.apply(state.domain()), before, now);
    return change(
        state -> isFree.test(state) || !state.since(before).equals(state),
        state -> isFree.test(state) ? Optional.empty() : Optional.of(state.since(before)));
  }

  /**
   * Changes the states of many domains, some at once.
   *
   * @param isConcerned whether the state that is shown has to change
   * @param rule what becomes of the state in the database, which may be a newer one
   */
  private List<DomainName> change(Predicate<DomainState> isConcerned, PostgresqlSession.Rule rule) {
    List<DomainName> concerned =
        shown.all().stream().filter(isConcerned).map(DomainState::domain).toList();
    List<DomainName> all = new ArrayList<>();
    for (int from = 0; from < concerned.size(); from += DOMAINS_AT_ONCE) {
      Set<DomainName> some =
          Set.copyOf(concerned.subList(from, Math.min(from + DOMAINS_AT_ONCE, concerned.size())));
      all.addAll(
          exclusively(
              open -> {
                List<DomainName> changed = Sessions.again(open, () -> open.change(some, rule));
                sessions.endOutageByWriting(changed);
                publish(open, changed, List.of());
                return changed;
              }));
    }
    return all;
  }

  /** Does something that concerns no state, in one transaction. */
  private <T> T transact(PostgresqlSession.Work<T> work) {
    return exclusively(open -> Sessions.again(open, () -> open.transact(work)));
  }

  private <T> T exclusively(Sessions.Work<T> work) {
    writing.lock();
    try {
      return sessions.use(work);
    } finally {
      writing.unlock();
    }
  }

  private void publish(
      PostgresqlSession open, List<DomainName> changed, List<StateChange> reported) {
    for (DomainName domain : changed) {
      if (open.isOwn(domain)) {
        own.add(domain);
      } else {
        own.remove(domain);
      }
    }
    if (!shown.publish(changed, open.states(), reported)) {
      sessions.drop();
    }
  }

  /** A new session shows just the states that it has read. */
  private void show(PostgresqlSession opened) {
    foundChanged.addAll(shown.showOnly(opened.states()));
    own.clear();
    opened.states().keySet().stream().filter(opened::isOwn).forEach(own::add);
  }

  @Override
  public void close() {
    writing.lock();
    try {
      sessions.close();
    } finally {
      writing.unlock();
    }
  }
}
