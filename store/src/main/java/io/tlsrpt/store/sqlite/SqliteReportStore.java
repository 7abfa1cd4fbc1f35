// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.ReportsOfDay;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.DeletedReport;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.KnownKey;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StateChange;
import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.StoreUnavailableException;
import io.tlsrpt.store.sql.Availability;
import io.tlsrpt.store.sql.GroupCommit;
import io.tlsrpt.store.sql.HistoryReader;
import io.tlsrpt.store.sql.ShownStates;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores reports in a SQLite database. One thread writes at a time, and commits the mails of all
 * threads that wait (group commit). States are read from memory. After the database has failed, it
 * is tried once a second, and all other uses fail at once until it works again.
 */
public final class SqliteReportStore implements ReportStore {
  private static final Logger LOGGER = LoggerFactory.getLogger(SqliteReportStore.class);

  private final SqliteDatabase database;
  private final StoreLimits limits;
  private final FailureWindow window;
  private final Predicate<DomainName> isCounted;
  private final InstantSource clock;

  private final Availability availability;
  private final HistoryReader reader;
  private final ShownStates shown = new ShownStates();

  /**
   * Guards the fields below. Fair: a purge takes the lock many times, and mails would have to wait
   * until its end.
   */
  private final ReentrantLock writing = new ReentrantLock(true);

  private final GroupCommit commits = new GroupCommit(writing, this::write);

  /** Empty before the first use, after a failure and once closed. */
  private Optional<OpenDatabase> open = Optional.empty();

  /**
   * Whether a missing file may be created: at the start, and after a corrupt file was set aside. At
   * any other time a missing file is an outage, which ends when the file is put back.
   */
  private boolean mayCreateFile = true;

  private boolean closed;

  private SqliteReportStore(
      SqliteDatabase database,
      StoreLimits limits,
      FailureWindow window,
      Predicate<DomainName> isCounted,
      InstantSource clock) {
    this.database = requireNonNull(database, "database");
    this.reader =
        new HistoryReader(new SqliteReadings(database, HistoryReader.LONGEST), SqliteReadings.JOIN);
    this.availability = new Availability(clock);
    this.limits = requireNonNull(limits, "limits");
    this.window = requireNonNull(window, "window");
    this.isCounted = requireNonNull(isCounted, "isCounted");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * Opens a store; if the database cannot be used now, {@link #health} says why.
   *
   * @param isCounted whether the reports of a reporter make up the current figures; totals keep all
   */
  static SqliteReportStore open(
      SqliteDatabase database,
      StoreLimits limits,
      FailureWindow window,
      Predicate<DomainName> isCounted,
      InstantSource clock) {
    SqliteReportStore store = new SqliteReportStore(database, limits, window, isCounted, clock);
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
    return inTransaction(open -> open.add(mails, now, window));
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
    return availability.health();
  }

  @Override
  public List<DomainName> refresh() {
    return List.of();
  }

  @Override
  public boolean isShared() {
    return false;
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
  public boolean recover() {
    writing.lock();
    try {
      // Ask for the free space: on a full disk the empty transaction below would succeed.
      if (availability.isFull() && !database.hasRoom()) {
        return false;
      }
      begun().end();
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
    return exclusively(open -> open.delete(receivedBefore, atMost));
  }

  @Override
  public long reports() {
    return exclusively(OpenDatabase::reports);
  }

  @Override
  public Optional<Instant> latestRangeEnd() {
    return exclusively(OpenDatabase::latestRangeEnd);
  }

  @Override
  public int deleteIdentities(LocalDate endedBefore, int atMost) {
    return exclusively(open -> open.deleteIdentities(endedBefore, atMost));
  }

  @Override
  public void believe(Instant clock) {
    // Milliseconds, the database's resolution, so that a stored time equals the original.
    Instant now = clock.truncatedTo(ChronoUnit.MILLIS);
    writing.lock();
    try {
      inTransaction(
          open -> {
            open.believe(now);
            return now;
          });
      shown.findLastReceipt();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public List<DomainName> forget(
      Instant before, Instant now, Function<DomainName, DomainStanding> standing) {
    return exclusively(
        current -> {
          current.forget(before, now, standing);
          return current.changed();
        });
  }

  @Override
  public List<KnownKey> knownKeys() {
    return exclusively(OpenDatabase::knownKeys);
  }

  @Override
  public void keepKeys(Collection<KnownKey> kept, Collection<String> forgotten) {
    exclusively(
        open -> {
          open.keepKeys(kept, forgotten);
          return kept;
        });
  }

  @Override
  public Map<String, Instant> imports() {
    return exclusively(OpenDatabase::imports);
  }

  @Override
  public int known(Collection<ReportIdentity> reports) {
    return exclusively(open -> open.known(reports));
  }

  @Override
  public void addDeleted(Collection<DeletedReport> reports) {
    exclusively(
        open -> {
          open.addDeleted(reports);
          return reports;
        });
  }

  @Override
  public void addImport(String source, Instant since, Collection<DomainState> past) {
    exclusively(
        open -> {
          open.addImport(source, since, past);
          return past;
        });
  }

  /** Something done in one transaction. */
  private interface Work<T> {
    T in(OpenDatabase open) throws SQLException;
  }

  /** Does something in one transaction, while nobody else writes. */
  private <T> T exclusively(Work<T> work) {
    writing.lock();
    try {
      return inTransaction(work);
    } finally {
      writing.unlock();
    }
  }

  private <T> T inTransaction(Work<T> work) {
    OpenDatabase current = begun();
    T result;
    OpenDatabase.Changes changes;
    try {
      result = work.in(current);
      changes = current.commit();
      // A commit that wrote nothing does not prove that a full disk has room again.
      if (!availability.isFull() || !changes.domains().isEmpty()) {
        availability.succeeded();
      }
    } catch (SQLException e) {
      drop();
      // A report that the database can never take is no outage, and must not be tried again.
      if (database.isDataError(e)) {
        throw new IllegalStateException("the database does not take the values of a report", e);
      }
      throw unavailable(e);
    } catch (RuntimeException | Error e) {
      drop();
      throw e;
    }
    if (!shown.publish(changes.domains(), current.states(), changes.reported())) {
      drop();
    }
    return result;
  }

  /**
   * The open database, with a transaction begun. If another file is at its path, or another process
   * has written the file, the states in memory are wrong: the database is closed and opened again.
   * Any failure here closes the database and is an outage, even content that makes no sense.
   */
  private OpenDatabase begun() {
    if (closed) {
      throw new StoreUnavailableException("the store is closed");
    }
    availability.checkLastFailure();
    try {
      if (open.isPresent() && !(open.get().isOf(database) && open.get().begin())) {
        LOGGER.warn(
            "Another process has written to {}: all figures are read from it again", database);
        drop();
      }
      return open.isPresent() ? open.get() : opened();
    } catch (SQLException | IOException e) {
      drop();
      throw unavailable(e);
    } catch (RuntimeException e) {
      drop();
      throw unavailable(new SQLException("its content cannot be understood: " + e, e));
    }
  }

  /**
   * Opens the database, shows exactly the states that are in it, and begins a transaction. If the
   * file is new because a corrupt one was set aside, it takes over the states in memory. Reporters
   * that are not counted any more leave the current figures before anything is shown.
   */
  private OpenDatabase opened() throws SQLException, IOException {
    if (!mayCreateFile) {
      database.checkPresent();
    }
    OpenDatabase now = OpenDatabase.open(database, limits);
    open = Optional.of(now);
    if (mayCreateFile && now.states().isEmpty() && !shown.all().isEmpty()) {
      // The file was corrupt and a new one begins: the figures go on from the states in memory.
      now.adopt(shown.all());
    }
    now.leaveOut(isCounted, clock.instant(), window);
    now.commit();
    mayCreateFile = false;
    shown.showOnly(now.states());
    if (!now.begin()) {
      throw new SQLException("another process is writing to it right now");
    }
    return now;
  }

  /** Begins or continues an outage; a corrupt file of ours is set aside. */
  private StoreUnavailableException unavailable(Exception e) {
    String error = database + ": " + SqliteDatabase.describe(e);
    if (e instanceof SQLException sql && database.isCorrupt(sql)) {
      error += "; " + setAside();
    }
    availability.failed(error, e instanceof SQLException sql && database.isFull(sql), e);
    return new StoreUnavailableException(error, e);
  }

  private String setAside() {
    try {
      String message =
          "the file was renamed to "
              + database.setAside(clock.instant())
              + ", and a new one is created";
      mayCreateFile = true;
      LOGGER.error("The database {} is corrupt: {}", database, message);
      return message;
    } catch (IOException e) {
      return "the file cannot be renamed: " + e;
    }
  }

  /** Closes the database; the next use opens it again. */
  private void drop() {
    open.ifPresent(
        current -> {
          try {
            current.close();
          } catch (SQLException e) {
            LOGGER.debug("{} could not be closed in order", database, e);
          }
        });
    open = Optional.empty();
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
