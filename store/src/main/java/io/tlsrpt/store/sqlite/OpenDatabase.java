// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.DeletedReport;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.KnownKey;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.Places;
import io.tlsrpt.store.StateChange;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.fold.Digests;
import io.tlsrpt.store.fold.DomainStates;
import io.tlsrpt.store.fold.Fold;
import io.tlsrpt.store.fold.FoldedReport;
import io.tlsrpt.store.fold.Wanted;
import io.tlsrpt.store.sql.ImportRows;
import io.tlsrpt.store.sql.KnownKeyRows;
import io.tlsrpt.store.sql.KnownRows;
import io.tlsrpt.store.sql.PurgedIdentities;
import io.tlsrpt.store.sql.ReportRows;
import io.tlsrpt.store.sql.RowWriter;
import io.tlsrpt.store.sql.StateReader;
import io.tlsrpt.store.sql.StateWriter;
import io.tlsrpt.store.sql.StatementCache;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The database while it is open, with the states of all domains in memory. After a transaction that
 * failed, those states may differ from the file, so the caller must close this object and open
 * another. For one thread at a time.
 */
final class OpenDatabase implements AutoCloseable {
  private final Connection connection;
  private final Object file;
  private final StoreLimits limits;
  private final Transaction transaction;
  private final StatementCache statements;
  private final RowWriter rows;
  private final Lookups lookups;
  private final ReportRows reports;
  private final KnownRows known;
  private final StateWriter writer;
  private final KnownKeyRows keys;
  private final ImportRows imports;
  private final DomainStates states = new DomainStates();
  private final Places places;
  private long lastReport;

  /** What this transaction has folded, one fold for each time that reports were added. */
  private final List<Fold> folds = new ArrayList<>();

  /** SQLite's counter of commits by other connections, as it was when the states were read. */
  private final int dataVersion;

  private OpenDatabase(Connection connection, Object file, StoreLimits limits) throws SQLException {
    this.connection = connection;
    this.file = file;
    this.limits = limits;
    this.transaction = new Transaction(connection);
    transaction.begin();
    this.statements = new StatementCache(connection);
    NameTable reporters = NameTable.ofReporters(statements);
    NameTable domains = NameTable.ofPolicyDomains(statements);
    this.rows = new StatementRows(statements);
    this.lookups = new Lookups(statements, reporters, domains);
    this.reports = new ReportRows(statements, reporters, domains);
    this.known = new KnownRows(statements, reporters, domains);
    this.writer = new StateWriter(rows, reporters, domains);
    this.keys = new KnownKeyRows(statements);
    this.imports = new ImportRows(statements);
    // RATIONALE: States stored, not replayed
    readStates(new StateReader(reporters, domains))
        .forEach((domain, state) -> states.read(domain, Optional.of(state)));
    this.places = new Places(limits, states.view());
    this.lastReport = lastReport();
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

  private Map<DomainName, DomainState> readStates(StateReader reader) throws SQLException {
    try (ResultSet row = statements.of(StateReader.REPORTERS).query()) {
      reader.reporters(row);
    }
    try (ResultSet row = statements.of(StateReader.FAILURES).query()) {
      reader.failures(row);
    }
    try (ResultSet row = statements.of(StateReader.DOMAINS).query()) {
      return reader.domains(row);
    }
  }

  private long lastReport() throws SQLException {
    try (ResultSet row = statements.of("SELECT coalesce(max(id), 0) FROM report").query()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** The states, with the changes of the present transaction; a view. */
  Map<DomainName, DomainState> states() {
    return states.view();
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
    try (ResultSet row = statements.of("PRAGMA data_version").query()) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  /** Ends a transaction that has changed nothing. */
  void end() throws SQLException {
    transaction.rollBack();
  }

  /** Adds the reports of several mails to the transaction: each mail's outcomes, in order. */
  List<List<StoreOutcome>> add(List<List<NewReport>> mails, Instant now, FailureWindow window)
      throws SQLException {
    Wanted wanted = Wanted.of(mails, states.view());
    Fold fold = new Fold(states, places, limits, window, now, lookups.find(wanted));
    folds.add(fold);
    List<List<StoreOutcome>> outcomes = mails.stream().map(fold::add).toList();
    for (FoldedReport folded : fold.reports()) {
      write(folded);
    }
    return outcomes;
  }

  private void write(FoldedReport folded) throws SQLException {
    long id = ++lastReport;
    NewReport report = folded.report();
    reports.write(rows, id, report);
    long content = Digests.of(report.content());
    for (int i = 0; i < report.contributions().size(); i++) {
      reports
          .fill(
              rows.row(ReportRows.CONTRIBUTION),
              id,
              content,
              report.contributions().get(i),
              folded.details().get(i))
          .write();
    }
  }

  /** Adds states to an empty database. */
  void adopt(Collection<DomainState> known) {
    known.forEach(states::put);
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
    known.deleteDays(receivedBefore, atMost);
    return OldReports.delete(statements, receivedBefore, atMost);
  }

  int deleteIdentities(LocalDate endedBefore, int atMost) throws SQLException {
    return PurgedIdentities.delete(statements, endedBefore, atMost);
  }

  /** Replaces all remembered times that lie ahead of a clock that is right. */
  void believe(Instant clock) throws SQLException {
    reports.believe(clock);
    for (DomainState state : states.all()) {
      DomainState believed = state.correctedFor(clock);
      if (!believed.equals(state)) {
        states.put(believed);
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

  Map<String, Instant> imports() throws SQLException {
    return imports.all();
  }

  void addImport(String source, Instant since, Collection<DomainState> past) throws SQLException {
    if (!imports.all().containsKey(source)) {
      imports.write(source, since);
      for (DomainState state : past) {
        DomainName domain = state.domain();
        states.put(states.view().getOrDefault(domain, DomainState.of(domain)).withPast(state));
      }
    }
  }

  int known(Collection<ReportIdentity> identities) throws SQLException {
    return imports.known(identities);
  }

  void addDeleted(Collection<DeletedReport> deleted) throws SQLException {
    ImportRows.write(rows, deleted);
  }

  /** Removes what was seen last before a time, and domains whose places are free again. */
  void forget(Instant before, Instant now, Function<DomainName, DomainStanding> standing) {
    for (DomainState state : states.all()) {
      DomainState kept = state.since(before);
      if (Places.isFree(state, standing.apply(state.domain()), before, now)) {
        states.remove(state.domain());
      } else if (!kept.equals(state)) {
        states.put(kept);
      }
    }
  }

  /**
   * If a domain has reporters that are not counted any more, computes its current figures again
   * from the stored reports of its other reporters. Totals keep the reports of all.
   */
  void leaveOut(Predicate<DomainName> isCounted, Instant clock, FailureWindow window)
      throws SQLException {
    for (DomainState state : states.all()) {
      if (!state.reporters().keySet().stream().allMatch(isCounted)) {
        states.put(replay(state.domain(), isCounted, clock, window).withTotalsOf(state));
      }
    }
  }

  /** Computes the state of a domain again from the stored reports of those that are counted. */
  DomainState replay(
      DomainName domain, Predicate<DomainName> isCounted, Instant clock, FailureWindow window)
      throws SQLException {
    return reports.replay(domain, "c.report", isCounted, clock, window);
  }

  /** The domains whose states have changed since the last commit. */
  List<DomainName> changed() {
    return states.changed();
  }

  /** Ends the transaction; a state is written once, however many reports have changed it. */
  Changes commit() throws SQLException {
    for (DomainStates.Change change : states.changes()) {
      writer.write(change);
    }
    for (Fold fold : folds) {
      known.write(rows, fold.known());
    }
    transaction.commit();
    Changes committed =
        new Changes(changed(), folds.stream().flatMap(fold -> fold.changes().stream()).toList());
    states.committed();
    folds.clear();
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
