// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.store.DeletedReport;
import io.tlsrpt.store.fold.Digests;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What imports need beside the tables of reports and states. For one thread at a time. */
public final class ImportRows {
  private static final Write DELETED =
      Write.upsert(
          "purged_identity", List.of(Column.octets("identity")), Column.number("last_day"));

  private final StatementCache statements;

  /** Reads and writes through the statements of one connection. */
  public ImportRows(StatementCache statements) {
    this.statements = statements;
  }

  /** The sources that were imported, each with the receipt from which on its reports were. */
  public Map<String, Instant> all() throws SQLException {
    Map<String, Instant> sources = new HashMap<>();
    try (ResultSet row = statements.of("SELECT source, since FROM imported").query()) {
      while (row.next()) {
        sources.put(row.getString(1), Instant.ofEpochMilli(row.getLong(2)));
      }
    }
    return sources;
  }

  public void write(String source, Instant since) throws SQLException {
    statements
        .of("INSERT INTO imported (source, since) VALUES (?, ?)")
        .add(source)
        .add(since)
        .update();
  }

  /** How many of these reports are stored, or were stored and have been deleted. */
  public int known(Collection<ReportIdentity> reports) throws SQLException {
    int known = 0;
    for (ReportIdentity report : reports) {
      if (isKnown(report)) {
        known++;
      }
    }
    return known;
  }

  private boolean isKnown(ReportIdentity report) throws SQLException {
    byte[] digest = Digests.of(report);
    try (ResultSet row =
        statements
            .of(
                """
                SELECT 1 FROM report WHERE identity = ?
                UNION ALL SELECT 1 FROM purged_identity WHERE identity = ?
                """)
            .add(digest)
            .add(digest)
            .query()) {
      return row.next();
    }
  }

  /** Writes the identities of deleted reports. */
  public static void write(RowWriter rows, Collection<DeletedReport> reports) throws SQLException {
    Set<String> written = new HashSet<>();
    for (DeletedReport report : reports) {
      if (written.add(Digests.hex(report.identity()))) {
        rows.row(DELETED).add(Digests.of(report.identity())).addDay(report.lastDay()).write();
      }
    }
  }
}
