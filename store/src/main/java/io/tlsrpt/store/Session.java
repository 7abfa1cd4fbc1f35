// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.report.PolicyDomain;
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
import java.util.function.Predicate;

/**
 * The database while it is open, with the states as of its last commit. Every transaction that
 * fails is the last one of its session: nothing remembered here can then differ from the file. For
 * one thread at a time.
 */
final class Session implements AutoCloseable {
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
  private final Map<PolicyDomain, DomainState> states;

  /** What the file has of each domain whose state is another now. */
  private final Map<PolicyDomain, DomainState> written = new LinkedHashMap<>();

  private final List<StateChange> reported = new ArrayList<>();
  private final int dataVersion;

  private Session(Connection connection, Object file, StoreLimits limits) throws SQLException {
    this.connection = connection;
    this.file = file;
    this.limits = limits;
    this.transaction = new Transaction(connection);
    transaction.begin();
    Statements statements = new Statements(connection);
    Names reporters = Names.read("reporter", statements);
    Names domains = Names.read("policy_domain", statements);
    this.rows = new StateRows(statements, reporters, domains);
    this.keys = new KnownKeyRows(statements);
    this.states = rows.read();
    this.places = new Places(limits, states);
    this.days = new ReporterDays(statements, reporters, domains, states);
    this.room = new DetailsRoom(statements, reporters, domains, states);
    this.reports = new ReportRows(statements, reporters, domains, room);
    this.dataVersion = dataVersion();
  }

  /** Opens the database, reads its states, and begins a transaction. */
  static Session open(SqliteDatabase database, StoreLimits limits)
      throws SQLException, IOException {
    Connection connection = database.open();
    try {
      return new Session(connection, database.identity(), limits);
    } catch (SQLException | IOException | RuntimeException | Error e) {
      connection.close();
      throw e;
    }
  }

  /** The states as of the last commit; a view. */
  Map<PolicyDomain, DomainState> states() {
    return states;
  }

  /** Whether this is still the file of the database's name. */
  boolean isOf(SqliteDatabase database) throws IOException {
    return file.equals(database.identity());
  }

  /**
   * Begins a transaction.
   *
   * @return whether nobody else has written since the session began
   */
  boolean begin() throws SQLException {
    transaction.begin();
    places.lookAgain();
    return dataVersion() == dataVersion;
  }

  private int dataVersion() throws SQLException {
    return transaction.number("PRAGMA data_version");
  }

  /** Ends a transaction in which nothing was written. */
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

  /** Those whose days have room for one more report. */
  private List<Contribution> countOfDays(List<Contribution> contributions, List<Rejected> leftOut)
      throws SQLException {
    List<Contribution> counted = new ArrayList<>();
    Optional<Contribution> full = Optional.empty();
    for (Contribution said : contributions) {
      if (days.count(said)) {
        counted.add(said);
      } else {
        full = full.or(() -> Optional.of(said));
      }
    }
    full.map(StoreLimits::dayIsFull).ifPresent(leftOut::add);
    return counted;
  }

  private StoreOutcome add(
      NewReport report,
      List<Rejected> leftOut,
      Set<PolicyDomain> givingWay,
      Instant now,
      FailureWindow window)
      throws SQLException {
    boolean contentKnown =
        reports.contains(report.contributions().getFirst().domain(), report.content());
    givingWay.forEach(this::remove);
    reports.insert(report);
    for (Contribution contribution : report.contributions()) {
      PolicyDomain domain = contribution.domain();
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

  /** Adds states to a database that has none. */
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

  /** Deletes old reports, at most so many. */
  int delete(Instant receivedBefore, int atMost) throws SQLException {
    days.delete(receivedBefore, atMost);
    return reports.delete(receivedBefore, atMost);
  }

  int deleteIdentities(LocalDate endedBefore, int atMost) throws SQLException {
    return reports.deleteIdentities(endedBefore, atMost);
  }

  /** Has no time that is remembered lie ahead of a clock that is right. */
  void believe(Instant clock) throws SQLException {
    reports.believe(clock);
    for (DomainState state : List.copyOf(states.values())) {
      DomainState believed = state.believedAt(clock);
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

  /** Changes a state without a report. */
  void change(DomainState after) {
    DomainState before = states.put(after.domain(), after);
    if (before == null) {
      places.lookAgain();
    }
    written.putIfAbsent(after.domain(), before == null ? DomainState.of(after.domain()) : before);
  }

  void remove(PolicyDomain domain) {
    DomainState before = states.remove(domain);
    places.lookAgain();
    if (before != null) {
      written.putIfAbsent(domain, before);
    }
  }

  /**
   * What the reports that are kept add up to without those of some reporters.
   *
   * @param counts the reporters that do
   */
  DomainState replay(
      PolicyDomain domain, Predicate<String> counts, Instant clock, FailureWindow window)
      throws SQLException {
    return reports.replay(domain, counts, clock, window);
  }

  /** The domains whose states have changed since the last commit. */
  List<PolicyDomain> changed() {
    return List.copyOf(written.keySet());
  }

  /** Ends the transaction; a state is written once, however many reports have changed it. */
  Changes commit() throws SQLException {
    for (DomainState before : written.values()) {
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
    written.clear();
    reported.clear();
    return committed;
  }

  /**
   * What a transaction has changed.
   *
   * @param domains whose states are others now
   * @param reported each change that a report has made, in order
   */
  record Changes(List<PolicyDomain> domains, List<StateChange> reported) {}

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
