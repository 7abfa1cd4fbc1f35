// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.store.DeletedReport;
import io.tlsrpt.store.KnownKey;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.sql.ImportRows;
import io.tlsrpt.store.sql.KnownKeyRows;
import io.tlsrpt.store.sql.KnownRows;
import io.tlsrpt.store.sql.PurgedIdentities;
import io.tlsrpt.store.sql.ReportRows;
import io.tlsrpt.store.sql.StatementCache;
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
import java.util.TreeMap;

/**
 * What is done beside reports and states: counting, deleting what is old, keys, imports, settings.
 * Each of it within a transaction of a session.
 */
final class Upkeep {
  private final Connection connection;
  private final StatementCache statements;
  private final ReportRows reports;
  private final KnownRows knownRows;
  private final KnownKeyRows keys;
  private final ImportRows imports;

  Upkeep(
      Connection connection,
      StatementCache statements,
      ReportRows reports,
      KnownRows knownRows,
      ImportRows imports) {
    this.connection = connection;
    this.statements = statements;
    this.reports = reports;
    this.knownRows = knownRows;
    this.keys = new KnownKeyRows(statements);
    this.imports = imports;
  }

  long reports() throws SQLException {
    return reports.count();
  }

  Optional<Instant> latestRangeEnd() throws SQLException {
    return reports.latestRangeEnd();
  }

  /** Deletes old reports, at most {@code atMost}, and the counts of days long past. */
  int delete(Instant receivedBefore, int atMost) throws SQLException {
    knownRows.deleteDays(receivedBefore, atMost);
    return OldReports.delete(statements, receivedBefore, atMost);
  }

  int deleteIdentities(LocalDate endedBefore, int atMost) throws SQLException {
    return PurgedIdentities.delete(statements, endedBefore, atMost);
  }

  void believe(Instant clock) throws SQLException {
    reports.believe(clock);
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

  int known(Collection<ReportIdentity> identities) throws SQLException {
    return imports.known(identities);
  }

  void addDeleted(Collection<DeletedReport> deleted) throws SQLException {
    ArrayRows rows = new ArrayRows();
    ImportRows.write(rows, deleted);
    try (Script script = new Script(connection)) {
      rows.addTo(script);
      script.run();
    }
  }

  /**
   * Writes the settings of this server.
   *
   * @return each setting that another server has otherwise, in words
   */
  List<String> compare(Node server) throws SQLException {
    List<String> differences = new ArrayList<>();
    // In order, so that two servers that start at once do not wait for each other in a circle.
    for (Map.Entry<String, String> setting : new TreeMap<>(server.settings()).entrySet()) {
      String name = setting.getKey();
      try (ResultSet row =
          statements
              .of("SELECT value, node FROM setting WHERE name = ? AND value <> ? AND node <> ?")
              .add(name)
              .add(setting.getValue())
              .add(server.name())
              .query()) {
        if (row.next()) {
          differences.add(
              "%s is '%s' here and '%s' on %s"
                  .formatted(name, setting.getValue(), row.getString(1), row.getString(2)));
        }
      }
      statements
          .of(
              """
              INSERT INTO setting (name, value, node) VALUES (?, ?, ?)
              ON CONFLICT (name) DO UPDATE SET value = excluded.value, node = excluded.node
              """)
          .add(name)
          .add(setting.getValue())
          .add(server.name())
          .update();
    }
    return differences;
  }
}
