// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.Places;
import io.tlsrpt.store.StateChange;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.fold.Digests;
import io.tlsrpt.store.fold.DomainStates;
import io.tlsrpt.store.fold.Fold;
import io.tlsrpt.store.fold.FoldedReport;
import io.tlsrpt.store.fold.Known;
import io.tlsrpt.store.fold.Wanted;
import io.tlsrpt.store.sql.Column;
import io.tlsrpt.store.sql.ImportRows;
import io.tlsrpt.store.sql.KnownRows;
import io.tlsrpt.store.sql.ReportRows;
import io.tlsrpt.store.sql.StateWriter;
import io.tlsrpt.store.sql.StatementCache;
import io.tlsrpt.store.sql.Write;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One connection that commits and polls, with the states of all domains in memory. A batch of
 * reports takes three trips to the server: lock the domains and look up what must be known; write;
 * commit. A state in memory is read again if the locked row has another version. A transaction that
 * another server has outrun is rolled back and can be done again; after any other failure the
 * session must be closed. For one thread at a time.
 */
final class PostgresqlSession implements AutoCloseable {
  /**
   * A server that is stopped in a transaction holds its locks for 5 seconds at most, since the
   * database ends its session then. Nobody waits longer than 3 seconds for a lock.
   */
  private static final String LIMITS =
      "SET LOCAL search_path = tlsrpt; SET LOCAL statement_timeout = '10s';"
          + " SET LOCAL lock_timeout = '3s';"
          + " SET LOCAL idle_in_transaction_session_timeout = '5s'";

  // RATIONALE: Row locks of domains
  private static final String BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED; " + LIMITS;

  /** The first query makes the snapshot, and must not do so before it waits for an upgrade. */
  private static final String BEGIN_SNAPSHOT =
      "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; "
          + LIMITS
          + "; LOCK TABLE schema_version IN ACCESS SHARE MODE";

  private static final String CLOCK =
      "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

  private static final Write CONTRIBUTION = ReportRows.CONTRIBUTION.with(Column.number("version"));

  private final Connection connection;
  private final StoreLimits limits;
  private final ClockComparison clocks;
  private final String node;
  private final PostgresqlNames reporters;
  private final PostgresqlNames domains;
  private final CachedStates cached;
  private final StoredVersions stored;
  private final DomainStates states;
  private final Places places;
  private final Lookups lookups;
  private final ReportIds reportIds;
  private final ReportRows reports;
  private final KnownRows knownRows;
  private final ImportRows imports;
  private final Upkeep upkeep;

  /**
   * A session by a connection of which nothing was made use yet.
   *
   * @param node the name of this server, as the committer of its versions
   */
  PostgresqlSession(
      Connection connection, StoreLimits limits, ClockComparison clocks, String node) {
    this.connection = connection;
    this.limits = limits;
    this.clocks = clocks;
    this.node = node;
    StatementCache statements = new StatementCache(connection);
    this.reporters = new PostgresqlNames("reporter", connection);
    this.domains = new PostgresqlNames("policy_domain", connection);
    this.cached = new CachedStates(connection, reporters, domains);
    this.stored = new StoredVersions(connection, node, cached);
    this.states = cached.states();
    this.places = new Places(limits, states.view());
    this.lookups = new Lookups(reporters, domains);
    this.reportIds = new ReportIds(connection);
    this.reports = new ReportRows(statements, reporters, domains);
    this.knownRows = new KnownRows(statements, reporters, domains);
    this.imports = new ImportRows(statements);
    this.upkeep = new Upkeep(connection, statements, reports, knownRows, imports);
  }

  /** The states of all domains, as they were read or committed last; a view. */
  Map<DomainName, DomainState> states() {
    return states.view();
  }

  /** Reads all names and the states of all domains, as one snapshot. */
  void readAll() throws SQLException {
    begin(BEGIN_SNAPSHOT);
    reporters.readAll();
    domains.readAll();
    try (Script script = StoredVersions.addTo(new Script(connection)).add(CLOCK).run()) {
      readChanged(script);
    }
  }

  /**
   * Reads the states that other servers have changed, as one snapshot.
   *
   * @return the domains whose states were read since the last time, some of them by commits
   */
  List<DomainName> refresh() throws SQLException {
    try (Script script = beginning(BEGIN_SNAPSHOT)) {
      StoredVersions.addTo(script).add(CLOCK).run();
      checkSchema(script);
      return readChanged(script);
    }
  }

  private List<DomainName> readChanged(Script sent) throws SQLException {
    Map<Long, Version> changed = stored.changed(sent.rows());
    clocks.compare(number(sent.rows()));
    cached.readStale(changed);
    execute("COMMIT");
    return cached.takeRead();
  }

  /** Begins a transaction with others of its statements, of which {@link #checkSchema} is first. */
  private Script beginning(String text) {
    return PostgresqlSchema.addTo(new Script(connection).add(text));
  }

  /** Fails if a later release has made the schema unusable for this one since the last time. */
  private static void checkSchema(Script sent) throws SQLException {
    PostgresqlSchema.OURS.check(sent.rows());
  }

  private void begin(String text) throws SQLException {
    try (Script script = beginning(text).run()) {
      checkSchema(script);
    }
  }

  /** Whether this server has committed the newest state that is known of a domain. */
  boolean isOwn(DomainName domain) {
    return cached.isOwn(domain);
  }

  /**
   * Commits the reports of several mails, or writes nothing if no report is new.
   *
   * @return each mail's outcomes, in order, and what has changed
   */
  Committed add(List<List<NewReport>> mails, Instant now, FailureWindow window)
      throws SQLException {
    Set<DomainName> named =
        mails.stream()
            .flatMap(List::stream)
            .flatMap(report -> report.contributions().stream())
            .map(Contribution::domain)
            .collect(Collectors.toUnmodifiableSet());
    Locked locked = lock(named, Wanted.all(mails));
    if (!states.view().keySet().containsAll(named)) {
      lockTheNumberOfDomains(named);
    }
    places.lookAgain();
    Fold fold = new Fold(states, places, limits, window, now, locked.known());
    List<List<StoreOutcome>> outcomes = mails.stream().map(fold::add).toList();
    if (fold.reports().isEmpty()) {
      rollBack();
      return new Committed(outcomes, List.of(), List.of());
    }
    List<DomainName> changed = states.changed();
    write(fold, locked.time());
    return new Committed(outcomes, changed, List.copyOf(fold.changes()));
  }

  /**
   * What a batch has come to.
   *
   * @param domains whose states have changed
   * @param reported each change that a report has made, in order
   */
  record Committed(
      List<List<StoreOutcome>> outcomes, List<DomainName> domains, List<StateChange> reported) {}

  /**
   * What is known once the domains are locked.
   *
   * @param time the database's, in microseconds
   */
  private record Locked(long time, Known known) {}

  /** Begins a transaction and locks domains: their states are those of the database then. */
  private Locked lock(Set<DomainName> named, Wanted wanted) throws SQLException {
    Set<DomainName> tellers =
        wanted.reports().stream().map(NewReport::reporter).collect(Collectors.toUnmodifiableSet());
    boolean beginsWithIt = domains.hasMet(named) && reporters.hasMet(tellers);
    if (!beginsWithIt) {
      begin(BEGIN);
      domains.meet(named);
      reporters.meet(tellers);
    }
    int metTellers = reporters.numbers(tellers).size();
    try (Script script = beginsWithIt ? beginning(BEGIN) : new Script(connection)) {
      stored.addLockTo(script, domains.numbers(named));
      script.add(CLOCK);
      lookups.addTo(script, wanted);
      script.run();
      if (beginsWithIt) {
        checkSchema(script);
      }
      Map<Long, Version> versions = StoredVersions.read(script.rows());
      long time = number(script.rows());
      clocks.check(time);
      Known known = lookups.read(script);
      cached.readStale(versions);
      if (reporters.numbers(tellers).size() > metTellers) {
        // Nothing was asked about its reports, since it had no number when the trip was made up.
        throw LostRaceException.forAName("another server has added a reporter");
      }
      return new Locked(time, known);
    }
  }

  /**
   * Makes sure that no other server adds a domain, and reads what others have added. They are not
   * locked; the versions tell if one of them changes.
   */
  private void lockTheNumberOfDomains(Set<DomainName> named) throws SQLException {
    int met = domains.numbers(named).size();
    try (Script script = new Script(connection)) {
      StoredVersions.addTo(script.add("SELECT one FROM store FOR UPDATE")).run();
      script.rows();
      cached.readStale(stored.changed(script.rows()));
    }
    domains.meet(named);
    if (domains.numbers(named).size() > met) {
      // Another server has just added it: this transaction asked nothing about it, and so knows too
      // little.
      throw LostRaceException.forAName("another server has added a domain");
    }
  }

  private void write(Fold fold, long time) throws SQLException {
    Versions versions = new Versions(cached, time);
    reporters.add(fold.reports().stream().map(folded -> folded.report().reporter()).toList());
    domains.add(states.changed());
    ArrayRows rows = new ArrayRows();
    for (FoldedReport folded : fold.reports()) {
      write(folded, rows, versions);
    }
    writeStates(rows);
    knownRows.write(rows, fold.known());
    commit(rows, versions);
  }

  private void write(FoldedReport folded, ArrayRows rows, Versions versions) throws SQLException {
    long id = reportIds.next();
    NewReport report = folded.report();
    reports.write(rows, id, report);
    long content = Digests.of(report.content());
    for (int i = 0; i < report.contributions().size(); i++) {
      Contribution contribution = report.contributions().get(i);
      reports
          .fill(rows.row(CONTRIBUTION), id, content, contribution, folded.details().get(i))
          .add(versions.next(contribution.domain()))
          .write();
    }
  }

  private void writeStates(ArrayRows rows) throws SQLException {
    StateWriter writer = new StateWriter(rows, reporters, domains);
    for (DomainStates.Change change : states.changes()) {
      writer.write(change);
    }
  }

  private void commit(ArrayRows rows, Versions versions) throws SQLException {
    states.changed().forEach(versions::atLeastOne);
    try (Script script = new Script(connection)) {
      rows.addTo(script);
      versions.addTo(script, domains, node);
      if (script.run().updated() != versions.size()) {
        throw new LostRaceException("another server has changed a domain");
      }
    }
    execute("COMMIT");
    states.committed();
    versions.committed();
    domains.committed();
    reporters.committed();
  }

  /** What a state becomes. */
  interface Rule {
    /** The state after the change; empty if it is to be deleted. */
    Optional<DomainState> after(DomainState present) throws SQLException;
  }

  /**
   * Changes states, each as it stands under its lock, in one transaction.
   *
   * @return the domains whose states have changed
   */
  List<DomainName> change(Set<DomainName> some, Rule rule) throws SQLException {
    Locked locked = lock(some, Wanted.all(List.of()));
    for (DomainName domain : some) {
      DomainState present = states.view().get(domain);
      if (present != null) {
        change(present, rule.after(present));
      }
    }
    List<DomainName> changed = states.changed();
    if (changed.isEmpty()) {
      rollBack();
    } else {
      ArrayRows rows = new ArrayRows();
      writeStates(rows);
      commit(rows, new Versions(cached, locked.time()));
    }
    return changed;
  }

  private void change(DomainState present, Optional<DomainState> after) {
    if (after.isEmpty()) {
      states.remove(present.domain());
    } else if (!after.get().equals(present)) {
      states.put(after.get());
    }
  }

  /** Computes a state again from the stored reports, within a {@link Rule}. */
  DomainState replay(
      DomainName domain, Predicate<DomainName> isCounted, Instant clock, FailureWindow window)
      throws SQLException {
    return reports.replay(domain, "c.version", isCounted, clock, window);
  }

  /** Something that concerns no state. */
  interface Work<T> {
    T by(Upkeep upkeep) throws SQLException;
  }

  /** Does something in one transaction. */
  <T> T transact(Work<T> work) throws SQLException {
    begin(BEGIN);
    T result = work.by(upkeep);
    execute("COMMIT");
    return result;
  }

  /**
   * Remembers a source and adds its past to the states, unless it is remembered.
   *
   * @return the domains whose states have changed
   */
  List<DomainName> addImport(String source, Instant since, Collection<DomainState> past)
      throws SQLException {
    Set<DomainName> named =
        past.stream().map(DomainState::domain).collect(Collectors.toUnmodifiableSet());
    Locked locked = lock(named, Wanted.all(List.of()));
    if (imports.all().containsKey(source)) {
      rollBack();
      return List.of();
    }
    if (!states.view().keySet().containsAll(named)) {
      lockTheNumberOfDomains(named);
    }
    imports.write(source, since);
    for (DomainState state : past) {
      DomainName domain = state.domain();
      states.put(states.view().getOrDefault(domain, DomainState.of(domain)).withPast(state));
    }
    List<DomainName> changed = states.changed();
    if (changed.isEmpty()) {
      execute("COMMIT");
    } else {
      domains.add(changed);
      ArrayRows rows = new ArrayRows();
      writeStates(rows);
      commit(rows, new Versions(cached, locked.time()));
    }
    return changed;
  }

  /** Ends the transaction; the states in memory are those before it. */
  void rollBack() throws SQLException {
    states.rolledBack();
    domains.rolledBack();
    reporters.rolledBack();
    execute("ROLLBACK");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(ResultSet row) throws SQLException {
    row.next();
    return row.getLong(1);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
