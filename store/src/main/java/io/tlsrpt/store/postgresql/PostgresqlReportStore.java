// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.history.ReportQuery;
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
import io.tlsrpt.store.StoreUnavailableException;
import io.tlsrpt.store.sql.Availability;
import io.tlsrpt.store.sql.GroupCommit;
import io.tlsrpt.store.sql.HistoryReader;
import io.tlsrpt.store.sql.ShownStates;
import java.sql.Connection;
import java.sql.SQLException;
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
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores reports in a PostgreSQL database that other servers use, too. One connection commits the
 * mails of all threads that wait (group commit), and polls for what others have committed. States
 * are read from memory. After the database has failed, it is tried once a second, and all other
 * uses fail at once until it works again.
 */
final class PostgresqlReportStore implements ReportStore {
  private static final Logger LOGGER = LoggerFactory.getLogger(PostgresqlReportStore.class);

  /** How often a transaction is done again that another server has outrun. */
  private static final int MOST_TRIES = 5;

  private static final int SHORTEST_PAUSE_MILLIS = 10;
  private static final int LONGEST_PAUSE_MILLIS = 100;

  /** Domains changed in one transaction: other servers wait for so many at most. */
  private static final int DOMAINS_AT_ONCE = 100;

  private final PostgresqlDatabase database;
  private final StoreRules rules;
  private final Node node;
  private final InstantSource clock;
  private final ClockComparison clocks;
  private final Availability availability;
  private final HistoryReader reader;
  private final ShownStates shown = new ShownStates();

  /** The domains whose newest state this server has committed. */
  private final Set<DomainName> own = ConcurrentHashMap.newKeySet();

  /** Guards the fields below. Fair, so that mails do not wait for all of a purge. */
  private final ReentrantLock writing = new ReentrantLock(true);

  private final GroupCommit commits = new GroupCommit(writing, this::write);

  /** Empty before the first use, after a failure and once closed. */
  private Optional<PostgresqlSession> session = Optional.empty();

  /** Domains that a new session has found changed, and that no refresh has told of yet. */
  private final Set<DomainName> foundChanged = new LinkedHashSet<>();

  private boolean closed;

  private PostgresqlReportStore(
      PostgresqlDatabase database,
      StoreRules rules,
      Node node,
      InstantSource clock,
      ClockComparison clocks) {
    this.database = requireNonNull(database, "database");
    this.rules = requireNonNull(rules, "rules");
    this.node = requireNonNull(node, "node");
    this.clock = requireNonNull(clock, "clock");
    this.clocks = requireNonNull(clocks, "clocks");
    this.availability = new Availability(clock);
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
    return inSession(
        open -> {
          PostgresqlSession.Committed committed =
              again(open, () -> open.add(mails, now, rules.window()));
          endOutageByWriting(committed.domains());
          publish(open, committed.domains(), committed.reported());
          return committed.outcomes();
        });
  }

  @Override
  public List<DomainName> refresh() {
    return exclusively(
        open -> {
          foundChanged.addAll(again(open, open::refresh));
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
    return availability.health();
  }

  @Override
  public boolean recover() {
    writing.lock();
    try {
      if (health() instanceof StoreHealth.Available && session.isPresent()) {
        return true;
      }
      opened();
      endOutageByReading();
      return !clocks.isTooFarAhead();
    } catch (StoreUnavailableException e) {
      return false;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public long reports() {
    return transact(PostgresqlSession::reports);
  }

  @Override
  public Optional<Instant> latestRangeEnd() {
    return transact(PostgresqlSession::latestRangeEnd);
  }

  @Override
  public int deleteReports(Instant receivedBefore, int atMost) {
    return transact(open -> open.delete(receivedBefore, atMost));
  }

  @Override
  public int deleteIdentities(LocalDate endedBefore, int atMost) {
    return transact(open -> open.deleteIdentities(endedBefore, atMost));
  }

  @Override
  public List<KnownKey> knownKeys() {
    return transact(PostgresqlSession::knownKeys);
  }

  @Override
  public void keepKeys(Collection<KnownKey> kept, Collection<String> forgotten) {
    transact(
        open -> {
          open.keepKeys(kept, forgotten);
          return kept;
        });
  }

  @Override
  public Map<String, Instant> imports() {
    return transact(PostgresqlSession::imports);
  }

  @Override
  public int known(Collection<ReportIdentity> reports) {
    return transact(open -> open.known(reports));
  }

  @Override
  public void addDeleted(Collection<DeletedReport> reports) {
    transact(
        open -> {
          open.addDeleted(reports);
          return reports;
        });
  }

  @Override
  public void addImport(String source, Instant since, Collection<DomainState> past) {
    exclusively(
        open -> {
          List<DomainName> changed = again(open, () -> open.addImport(source, since, past));
          publish(open, changed, List.of());
          return changed;
        });
  }

  @Override
  public void believe(Instant clockThatIsRight) {
    // Milliseconds, the database's resolution, so that a stored time equals the original.
    Instant now = clockThatIsRight.truncatedTo(ChronoUnit.MILLIS);
    transact(
        open -> {
          open.believe(now);
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
                List<DomainName> changed = again(open, () -> open.change(some, rule));
                endOutageByWriting(changed);
                publish(open, changed, List.of());
                return changed;
              }));
    }
    return all;
  }

  /** Something done by a session. */
  private interface Work<T> {
    T in(PostgresqlSession open) throws SQLException;
  }

  /** A transaction that can be done again. */
  private interface Attempt<T> {
    T run() throws SQLException;
  }

  /** Does something that concerns no state, in one transaction. */
  private <T> T transact(PostgresqlSession.Work<T> work) {
    return exclusively(open -> again(open, () -> open.transact(work)));
  }

  private <T> T exclusively(Work<T> work) {
    writing.lock();
    try {
      return inSession(work);
    } finally {
      writing.unlock();
    }
  }

  private <T> T inSession(Work<T> work) {
    PostgresqlSession open = opened();
    try {
      T result = work.in(open);
      endOutageByReading();
      return result;
    } catch (SQLException e) {
      if (Failure.of(e) == Failure.VALUES) {
        rollBackOrDrop(open);
        throw new IllegalStateException("the database does not take the values of a report", e);
      }
      drop();
      throw unavailable(e);
    } catch (RuntimeException | Error e) {
      rollBackOrDrop(open);
      throw e;
    }
  }

  /**
   * Ends an outage because the database could be read. That proves nothing of a disk that was full,
   * of which only a commit that writes can tell, nor does it put a clock right.
   */
  private void endOutageByReading() {
    if (!availability.isFull() && !clocks.isTooFarAhead()) {
      availability.succeeded();
    }
  }

  /** Ends any outage if a commit has changed domains. */
  private void endOutageByWriting(List<DomainName> changed) {
    if (!changed.isEmpty()) {
      availability.succeeded();
    }
  }

  /** Does a transaction again as long as another server is faster. */
  private static <T> T again(PostgresqlSession open, Attempt<T> attempt) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        return attempt.run();
      } catch (SQLException e) {
        if (Failure.of(e) != Failure.LOST_RACE || tries == MOST_TRIES) {
          throw e;
        }
        LOGGER.debug("Another server was faster: the transaction is done again", e);
        open.rollBack();
        pause();
      }
    }
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(
          ThreadLocalRandom.current().nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while another server was faster", e);
    }
  }

  private void rollBackOrDrop(PostgresqlSession open) {
    try {
      open.rollBack();
    } catch (SQLException e) {
      LOGGER.debug("{} could not be rolled back", database, e);
      drop();
    }
  }

  /** The session; if there is none, a new one, which reads and shows all states. */
  private PostgresqlSession opened() {
    if (closed) {
      throw new StoreUnavailableException("the store is closed");
    }
    availability.checkLastFailure();
    if (session.isPresent()) {
      return session.get();
    }
    try {
      PostgresqlSession open = begin();
      session = Optional.of(open);
      return open;
    } catch (SQLException e) {
      throw unavailable(e);
    } catch (RuntimeException e) {
      throw unavailable(new SQLException("what is in it cannot be understood: " + e, e));
    }
  }

  private PostgresqlSession begin() throws SQLException {
    Connection connection = database.connect(node.name());
    try {
      PostgresqlSchema.bringUpToDate(connection);
      PostgresqlSession open =
          new PostgresqlSession(connection, rules.limits(), clocks, node.name());
      open.readAll();
      leaveOut(open);
      compareSettings(open);
      foundChanged.addAll(shown.showOnly(open.states()));
      own.clear();
      open.states().keySet().stream().filter(open::isOwn).forEach(own::add);
      return open;
    } catch (SQLException | RuntimeException | Error e) {
      connection.close();
      throw e;
    }
  }

  /**
   * If a domain has reporters that are not counted any more, computes its current figures again
   * from the stored reports of its other reporters. Totals keep the reports of all.
   */
  private void leaveOut(PostgresqlSession open) throws SQLException {
    Instant now = clock.instant();
    Predicate<DomainState> isConcerned =
        state -> !state.reporters().keySet().stream().allMatch(rules.isCounted());
    List<DomainName> concerned =
        open.states().values().stream().filter(isConcerned).map(DomainState::domain).toList();
    for (DomainName domain : concerned) {
      again(
          open,
          () ->
              open.change(
                  Set.of(domain),
                  state ->
                      Optional.of(
                          isConcerned.test(state)
                              ? open.replay(domain, rules.isCounted(), now, rules.window())
                                  .withTotalsOf(state)
                              : state)));
    }
  }

  /** Warns of settings that another server has otherwise: both would change the same states. */
  private void compareSettings(PostgresqlSession open) throws SQLException {
    for (String difference : again(open, () -> open.transact(s -> s.compare(node)))) {
      LOGGER.warn("Servers that share {} should have the same settings: {}", database, difference);
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
      drop();
    }
  }

  /** Begins or continues an outage. */
  private StoreUnavailableException unavailable(SQLException e) {
    String error = database + ": " + FailureText.of(e);
    availability.failed(error, Failure.of(e) == Failure.FULL, e);
    return new StoreUnavailableException(error, e);
  }

  /** Ends the session; the next use begins another. */
  private void drop() {
    session.ifPresent(
        open -> {
          try {
            open.close();
          } catch (SQLException e) {
            LOGGER.debug("{} could not be closed in order", database, e);
          }
        });
    session = Optional.empty();
  }

  @Override
  public void close() {
    writing.lock();
    try {
      closed = true;
      drop();
    } finally {
      writing.unlock();
    }
  }
}
