// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.KnownKey;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.Places;
import io.tlsrpt.store.StateChange;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.sql.DetailsRoom;
import io.tlsrpt.store.sql.KnownKeyRows;
import io.tlsrpt.store.sql.NameTable;
import io.tlsrpt.store.sql.ReportRows;
import io.tlsrpt.store.sql.ReporterDays;
import io.tlsrpt.store.sql.StateRows;
import io.tlsrpt.store.sql.StatementCache;
import io.tlsrpt.store.sql.Transaction;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database while it is open, with the states of all domains in memory. After a transaction that
 * failed, those states may differ from the file, so the caller must close this object and open
 * another. For one thread at a time.
 */
final class OpenDatabase implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(OpenDatabase.class);

  private final Connection connection;
  private final Object file;
  private final StoreLimits limits;
  private final Transaction transaction;
  private final ReportRows reports;
  private final Places places;
  private final ReporterDays days;
  private final DetailsRoom room;
  private final StateRows rows;
  private final KnownKeyRows keys;
  private final Map<DomainName, DomainState> states;

  /** The state in the file of each domain whose state has changed since the last commit. */
  private final Map<DomainName, DomainState> lastCommitted = new LinkedHashMap<>();

  /** Each change that a report has made in this transaction, in order. */
  private final List<StateChange> reported = new ArrayList<>();

  /** SQLite's counter of commits by other connections, as it was when the states were read. */
  private final int dataVersion;

  private OpenDatabase(Connection connection, Object file, StoreLimits limits) throws SQLException {
    this.connection = connection;
    this.file = file;
    this.limits = limits;
    this.transaction = new Transaction(connection);
    transaction.begin();
    StatementCache statements = new StatementCache(connection);
    NameTable reporters = NameTable.read("reporter", statements);
    NameTable domains = NameTable.read("policy_domain", statements);
    this.rows = new StateRows(statements, reporters, domains);
    this.keys = new KnownKeyRows(statements);
    // RATIONALE: States stored, not replayed
    this.states = rows.read();
    this.places = new Places(limits, states);
    this.days = new ReporterDays(statements, reporters, domains, states);
    this.room = new DetailsRoom(statements, reporters, domains, states);
    this.reports = new ReportRows(statements, reporters, domains, room);
    this.dataVersion = dataVersion();
  }

  /** Opens the database, reads its states, and begins a transaction. */
  static OpenDatabase open(SqliteDatabase database, StoreLimits limits)
      throws SQLException, IOException {
    Connection connection = database.open();
    try {
      return new OpenDatabase(connection, database.identity(), limits);
    } catch (SQLException | IOException | RuntimeException | Error e) {
      connection.close();
      throw e;
    }
  }

  /** The states, with the changes of the present transaction; a view. */
  Map<DomainName, DomainState> states() {
    return states;
  }

  /** Whether the database's path still leads to the file that was opened. */
  boolean isOf(SqliteDatabase database) throws IOException {
    return file.equals(database.identity());
  }

  /**
   * Begins a transaction.
   *
   * @return whether the states held here are still right; false if somebody else has written the
   *     file since it was opened
   */
  boolean begin() throws SQLException {
    transaction.begin();
    places.lookAgain();
    return dataVersion() == dataVersion;
  }

  private int dataVersion() throws SQLException {
    return transaction.number("PRAGMA data_version");
  }

  /** Ends a transaction that has changed nothing. */
  void end() throws SQLException {
    transaction.rollBack();
  }

  /** Adds the reports of a mail to the transaction. */
  List<StoreOutcome> add(List<NewReport> mail, Instant now, FailureWindow window)
      throws SQLException {
    List<StoreOutcome> outcomes = new ArrayList<>();
    for (NewReport report : mail) {
      outcomes.add(add(report, now, window));
    }
    return outcomes;
  }

  private StoreOutcome add(NewReport report, Instant now, FailureWindow window)
      throws SQLException {
    Optional<Boolean> sameContent = reports.sameContent(report.identity(), report.content());
    if (sameContent.isPresent()) {
      return new StoreOutcome.AlreadyStored(sameContent.get());
    }
    Places.Admission found = places.admit(report.contributions(), now);
    List<Rejected> leftOut = new ArrayList<>(found.leftOut());
    List<Contribution> admitted = countOfDays(found.contributions(), leftOut);
    return admitted.isEmpty()
        ? new StoreOutcome.Refused(leftOut.getFirst())
        : add(report.with(admitted), leftOut, found.givingWay(), now, window);
  }

  /** Leaves out the contributions about days that already have all their reports. */
  private List<Contribution> countOfDays(List<Contribution> contributions, List<Rejected> leftOut)
      throws SQLException {
    List<Contribution> counted = new ArrayList<>();
    Optional<Contribution> full = Optional.empty();
    for (Contribution contribution : contributions) {
      if (days.count(contribution)) {
        counted.add(contribution);
      } else {
        full = full.or(() -> Optional.of(contribution));
      }
    }
    full.map(StoreLimits::dayIsFull).ifPresent(leftOut::add);
    return counted;
  }

  private StoreOutcome add(
      NewReport report,
      List<Rejected> leftOut,
      Set<DomainName> givingWay,
      Instant now,
      FailureWindow window)
      throws SQLException {
    boolean contentKnown =
        reports.contains(report.contributions().getFirst().domain(), report.content());
    givingWay.forEach(this::remove);
    reports.insert(report);
    for (Contribution contribution : report.contributions()) {
      DomainName domain = contribution.domain();
      DomainState before = states.getOrDefault(domain, DomainState.of(domain));
      DomainState after =
          before
              .withPlaceFor(contribution.reporter(), limits.reporters())
              .plus(contribution, now, window);
      change(after);
      reported.add(new StateChange(before, after));
    }
    return new StoreOutcome.Stored(contentKnown, leftOut, givingWay);
  }

  /** Adds states to an empty database. */
  void adopt(Collection<DomainState> known) {
    known.forEach(this::change);
  }

  /** How many reports are kept. */
  long reports() throws SQLException {
    return reports.count();
  }

  Optional<Instant> latestRangeEnd() throws SQLException {
    return reports.latestRangeEnd();
  }

  /** Deletes old reports, at most {@code atMost}, and the counts of days long past. */
  int delete(Instant receivedBefore, int atMost) throws SQLException {
    days.delete(receivedBefore, atMost);
    return reports.delete(receivedBefore, atMost);
  }

  int deleteIdentities(LocalDate endedBefore, int atMost) throws SQLException {
    return reports.deleteIdentities(endedBefore, atMost);
  }

  /** Replaces all remembered times that lie ahead of a clock that is right. */
  void believe(Instant clock) throws SQLException {
    reports.believe(clock);
    for (DomainState state : List.copyOf(states.values())) {
      DomainState believed = state.correctedFor(clock);
      if (!believed.equals(state)) {
        change(believed);
      }
    }
  }

  List<KnownKey> knownKeys() throws SQLException {
    return keys.read();
  }

  void keepKeys(Collection<KnownKey> kept, Collection<String> forgotten) throws SQLException {
    keys.keep(kept);
    keys.delete(forgotten);
  }

  /** Puts a state in memory; {@link #commit} writes it. */
  void change(DomainState after) {
    DomainState before = states.put(after.domain(), after);
    if (before == null) {
      places.lookAgain();
    }
    // Only the first change of a transaction knows the state in the file.
    lastCommitted.putIfAbsent(
        after.domain(), before == null ? DomainState.of(after.domain()) : before);
  }

  void remove(DomainName domain) {
    DomainState before = states.remove(domain);
    places.lookAgain();
    if (before != null) {
      lastCommitted.putIfAbsent(domain, before);
    }
  }

  /** Removes what was seen last before a time, and domains whose places are free again. */
  void forget(Instant before, Instant now, Function<DomainName, DomainStanding> standing) {
    for (DomainState state : List.copyOf(states.values())) {
      DomainState kept = state.since(before);
      if (Places.isFree(state, standing.apply(state.domain()), before, now)) {
        remove(state.domain());
      } else if (!kept.equals(state)) {
        change(kept);
      }
    }
  }

  /**
   * If a domain has reporters that are not counted any more, computes its current figures again
   * from the stored reports of its other reporters. Totals keep the reports of all.
   */
  void leaveOut(Predicate<String> isCounted, Instant clock, FailureWindow window)
      throws SQLException {
    for (DomainState state : List.copyOf(states.values())) {
      if (!state.reporters().keySet().stream().allMatch(isCounted)) {
        LOGGER.info(
            "The current figures of {} are computed again, without reporters that no longer count",
            state.domain());
        DomainState current = replay(state.domain(), isCounted, clock, window);
        change(
            new DomainState(
                state.domain(),
                state.totals(),
                current.recentDays(),
                current.reporters(),
                current.failures()));
      }
    }
  }

  /** Computes the state of a domain again from the stored reports of those that are counted. */
  DomainState replay(
      DomainName domain, Predicate<String> isCounted, Instant clock, FailureWindow window)
      throws SQLException {
    return reports.replay(domain, isCounted, clock, window);
  }

  /** The domains whose states have changed since the last commit. */
  List<DomainName> changed() {
    return List.copyOf(lastCommitted.keySet());
  }

  /** Ends the transaction; a state is written once, however many reports have changed it. */
  Changes commit() throws SQLException {
    for (DomainState before : lastCommitted.values()) {
      DomainState after = states.get(before.domain());
      if (after == null) {
        rows.delete(before.domain());
      } else {
        rows.write(before, after);
      }
    }
    room.write();
    transaction.commit();
    Changes committed = new Changes(changed(), List.copyOf(reported));
    lastCommitted.clear();
    reported.clear();
    return committed;
  }

  /**
   * What a transaction has changed.
   *
   * @param domains whose states have changed
   * @param reported each change that a report has made, in order
   */
  record Changes(List<DomainName> domains, List<StateChange> reported) {}

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
