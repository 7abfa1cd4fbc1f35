// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.history.KeptReport;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.report.PolicyDomain;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports in a database. There is one writer at a time, and it commits at once all that waits: many
 * threads share one wait for the disk. States are read from memory. What fails is the world's doing
 * until it works again: each use tries anew, but not more than once a second.
 */
public final class SqlReportStore implements ReportStore, KnownKeyStore {
  private static final Logger LOGGER = LoggerFactory.getLogger(SqlReportStore.class);

  private static final int MAX_MAILS_AT_ONCE = 64;

  private final SqliteDatabase database;
  private final StoreLimits limits;
  private final FailureWindow window;
  private final Predicate<String> counts;
  private final InstantSource clock;

  private final Availability availability;
  private final ReportReader reader;
  private final Queue<Commit> waiting = new ConcurrentLinkedQueue<>();
  private final Map<PolicyDomain, DomainState> shown = new ConcurrentHashMap<>();
  private volatile Instant lastReceipt = Instant.EPOCH;
  private volatile Consumer<StateChange> listener = change -> {};

  /** Guards all below. Fair, since a purge that takes it again and again would keep mails out. */
  private final ReentrantLock writing = new ReentrantLock(true);

  private Optional<Session> session = Optional.empty();
  private boolean mayBegin = true;

  private boolean closed;

  private SqlReportStore(
      SqliteDatabase database,
      StoreLimits limits,
      FailureWindow window,
      Predicate<String> counts,
      InstantSource clock) {
    this.database = requireNonNull(database, "database");
    this.reader = new ReportReader(database, ReportReader.LONGEST);
    this.availability = new Availability(clock);
    this.limits = requireNonNull(limits, "limits");
    this.window = requireNonNull(window, "window");
    this.counts = requireNonNull(counts, "counts");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * Opens a store; if the database cannot be used now, {@link #health} says why.
   *
   * @param counts the reporters that do; others leave the states, but not the totals
   */
  public static SqlReportStore open(
      SqliteDatabase database,
      StoreLimits limits,
      FailureWindow window,
      Predicate<String> counts,
      InstantSource clock) {
    SqlReportStore store = new SqlReportStore(database, limits, window, counts, clock);
    store.recover();
    return store;
  }

  @Override
  public List<StoreOutcome> commit(List<NewReport> mail) {
    Commit mine = new Commit(mail);
    waiting.add(mine);
    writing.lock();
    try {
      while (!mine.isDone()) {
        writeNext(mine);
      }
    } finally {
      writing.unlock();
    }
    return mine.outcomes();
  }

  private void writeNext(Commit mine) {
    List<Commit> next = next();
    if (next.isEmpty()) {
      mine.fail(new IllegalStateException("the commit it was part of broke off"));
    } else {
      write(next);
    }
  }

  private List<Commit> next() {
    List<Commit> next = new ArrayList<>();
    while (next.size() < MAX_MAILS_AT_ONCE && !waiting.isEmpty()) {
      next.add(waiting.remove());
    }
    return next;
  }

  private void write(List<Commit> together) {
    Instant now = clock.instant();
    try {
      List<List<StoreOutcome>> outcomes =
          inTransaction(
              open -> {
                List<List<StoreOutcome>> all = new ArrayList<>();
                for (Commit one : together) {
                  all.add(open.add(one.mail(), now, window));
                }
                return all;
              });
      for (int i = 0; i < together.size(); i++) {
        together.get(i).succeed(outcomes.get(i));
      }
    } catch (StoreUnavailableException e) {
      together.forEach(one -> one.fail(e));
    } catch (Throwable e) {
      if (together.size() > 1) {
        // One of them is to blame, and only that one shall suffer.
        together.forEach(one -> write(List.of(one)));
      } else {
        together.forEach(one -> one.fail(e));
      }
    }
  }

  @Override
  public void listen(Consumer<StateChange> to) {
    listener = requireNonNull(to, "to");
  }

  @Override
  public void read(ReportQuery query, Predicate<KeptReport> to) {
    reader.read(query, to);
  }

  @Override
  public DomainState domain(PolicyDomain domain) {
    return shown.getOrDefault(domain, DomainState.of(domain));
  }

  @Override
  public Collection<DomainState> domains() {
    return List.copyOf(shown.values());
  }

  @Override
  public Instant lastReceipt() {
    return lastReceipt;
  }

  @Override
  public StoreHealth health() {
    return availability.health();
  }

  @Override
  public boolean recover() {
    writing.lock();
    try {
      if (availability.isFull() && !database.hasRoom()) {
        return false;
      }
      session().end();
      availability.succeeded();
      return true;
    } catch (StoreUnavailableException e) {
      return false;
    } catch (IOException | SQLException e) {
      drop();
      return false;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public int deleteReports(Instant receivedBefore, int atMost) {
    writing.lock();
    try {
      return inTransaction(open -> open.delete(receivedBefore, atMost));
    } finally {
      writing.unlock();
    }
  }

  @Override
  public long reports() {
    writing.lock();
    try {
      return inTransaction(Session::reports);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public Optional<Instant> latestRangeEnd() {
    writing.lock();
    try {
      return inTransaction(Session::latestRangeEnd);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public int deleteIdentities(LocalDate endedBefore, int atMost) {
    writing.lock();
    try {
      return inTransaction(open -> open.deleteIdentities(endedBefore, atMost));
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void believe(Instant clock) {
    // What is finer than a database remembers would not come back as it was.
    Instant now = clock.truncatedTo(ChronoUnit.MILLIS);
    writing.lock();
    try {
      inTransaction(
          open -> {
            open.believe(now);
            return now;
          });
      lastReceipt = Instant.EPOCH;
      shown.values().forEach(this::show);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public List<PolicyDomain> forget(
      Instant before, Instant now, Function<PolicyDomain, DomainStanding> standing) {
    writing.lock();
    try {
      Set<PolicyDomain> known = new HashSet<>(shown.keySet());
      return inTransaction(
          open -> {
            for (PolicyDomain domain : known) {
              forget(open, domain(domain), before, now, standing.apply(domain));
            }
            return open.changed();
          });
    } finally {
      writing.unlock();
    }
  }

  private static void forget(
      Session open, DomainState state, Instant before, Instant now, DomainStanding standing) {
    if (Places.isFree(state, standing, before, now)) {
      open.remove(state.domain());
      return;
    }
    DomainState after = state.since(before);
    if (!after.equals(state)) {
      open.change(after);
    }
  }

  @Override
  public List<KnownKey> knownKeys() {
    writing.lock();
    try {
      return inTransaction(Session::knownKeys);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void keepKeys(Collection<KnownKey> kept, Collection<String> forgotten) {
    writing.lock();
    try {
      inTransaction(
          open -> {
            open.keepKeys(kept, forgotten);
            return kept;
          });
    } finally {
      writing.unlock();
    }
  }

  /** Something done in one transaction. */
  private interface Work<T> {
    T in(Session open) throws SQLException;
  }

  private <T> T inTransaction(Work<T> work) {
    Session open = session();
    T result;
    Session.Changes changes;
    try {
      result = work.in(open);
      changes = open.commit();
      // A duplicate writes nothing, and so tells nothing of a disk that was full.
      if (!availability.isFull() || !changes.domains().isEmpty()) {
        availability.succeeded();
      }
    } catch (SQLException e) {
      drop();
      if (database.isOfTheValues(e)) {
        throw new IllegalStateException("the database does not take the values of a report", e);
      }
      throw unavailable(e);
    } catch (RuntimeException | Error e) {
      drop();
      throw e;
    }
    tellInAnyCase(open, changes);
    return result;
  }

  /** What is committed is committed; should this fail, the states are read anew. */
  private void tellInAnyCase(Session open, Session.Changes changes) {
    try {
      show(open, changes.domains());
      changes.reported().forEach(listener);
    } catch (RuntimeException | Error e) {
      LOGGER.error("States of {} are stored but cannot be shown", changes.domains(), e);
      drop();
    }
  }

  private void show(Session open, List<PolicyDomain> changed) {
    for (PolicyDomain domain : changed) {
      DomainState state = open.states().get(domain);
      if (state == null) {
        shown.remove(domain);
      } else {
        show(state);
      }
    }
  }

  private void show(DomainState state) {
    shown.put(state.domain(), state);
    state.totals().lastReportTime().filter(lastReceipt::isBefore).ifPresent(t -> lastReceipt = t);
  }

  /** The session, with a transaction begun in it. */
  private Session session() {
    if (closed) {
      throw new StoreUnavailableException("the store is closed");
    }
    availability.checkLastFailure();
    try {
      if (session.isPresent() && !(session.get().isOf(database) && session.get().begin())) {
        LOGGER.warn("Somebody else has written {}: its states are read anew", database);
        drop();
      }
      return session.isPresent() ? session.get() : open();
    } catch (SQLException | IOException e) {
      drop();
      throw unavailable(e);
    } catch (RuntimeException e) {
      drop();
      throw unavailable(new SQLException("what is in it cannot be understood: " + e, e));
    }
  }

  private Session open() throws SQLException, IOException {
    if (!mayBegin) {
      database.checkPresent();
    }
    Session open = Session.open(database, limits);
    session = Optional.of(open);
    if (mayBegin && open.states().isEmpty() && !shown.isEmpty()) {
      open.adopt(shown.values());
    }
    leaveOut(open);
    open.commit();
    mayBegin = false;
    shown.keySet().retainAll(open.states().keySet());
    open.states().values().forEach(this::show);
    if (!open.begin()) {
      throw new SQLException("another process writes it at this very moment");
    }
    return open;
  }

  /** Takes reporters that do not count any more out of the states. */
  private void leaveOut(Session open) throws SQLException {
    for (DomainState state : List.copyOf(open.states().values())) {
      if (!state.reporters().keySet().stream().allMatch(counts)) {
        LOGGER.info("The current figures of {} are made anew: reporters left", state.domain());
        DomainState current = open.replay(state.domain(), counts, clock.instant(), window);
        open.change(
            new DomainState(
                state.domain(),
                state.totals(),
                current.recentDays(),
                current.reporters(),
                current.failures()));
      }
    }
  }

  private StoreUnavailableException unavailable(Exception e) {
    String error = database + ": " + SqliteDatabase.inWords(e);
    if (e instanceof SQLException sql && database.isCorrupt(sql)) {
      error += "; " + setAside();
    }
    availability.failed(error, e instanceof SQLException sql && database.isFull(sql), e);
    return new StoreUnavailableException(error, e);
  }

  private String setAside() {
    try {
      String message =
          "the file is kept as " + database.setAside(clock.instant()) + ", a new one begins";
      mayBegin = true;
      LOGGER.error("The database {} is corrupt: {}", database, message);
      return message;
    } catch (IOException e) {
      return "and the file cannot be moved away: " + e;
    }
  }

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
