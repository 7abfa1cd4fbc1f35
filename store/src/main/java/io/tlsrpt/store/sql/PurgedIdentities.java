// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The table of the identities of deleted reports. It keeps a deleted report that comes again from
 * being counted a second time. For one thread at a time.
 */
final class PurgedIdentities {
  private final StatementCache statements;

  PurgedIdentities(StatementCache statements) {
    this.statements = statements;
  }

  boolean contains(byte[] identity) throws SQLException {
    try (ResultSet row =
        statements.of("SELECT 1 FROM purged_identity WHERE identity = ?").add(identity).query()) {
      return row.next();
    }
  }

  /**
   * Adds reports that are about to be deleted. A report without a range could come again at any
   * time, so its identity has no last day and is never forgotten.
   *
   * @param reports a query for the numbers of the reports; its parameters are the next two
   */
  void addAll(String reports, Instant receivedBefore, int atMost) throws SQLException {
    statements
        .of(
            "INSERT INTO purged_identity (identity, last_day) SELECT identity, CASE WHEN "
                + ReportRows.RANGE_IS_DAY_OF_RECEIPT
                + " THEN NULL ELSE range_end / 86400000 END FROM report WHERE id IN "
                + reports
                + " ON CONFLICT (identity) DO NOTHING")
        .add(receivedBefore)
        .add(atMost)
        .update();
  }

  /**
   * Forgets some identities whose range ended before a day: such reports are too old to be taken.
   */
  int delete(LocalDate before, int atMost) throws SQLException {
    return statements
        .of(
            """
            DELETE FROM purged_identity WHERE identity IN (
              SELECT identity FROM purged_identity WHERE last_day < ? ORDER BY last_day LIMIT ?)
            """)
        .add(before)
        .add(atMost)
        .update();
  }
}
