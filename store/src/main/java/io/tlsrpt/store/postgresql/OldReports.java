// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import io.tlsrpt.store.sql.PurgedIdentities;
import io.tlsrpt.store.sql.StatementCache;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Deletes old reports, and keeps their identities. All servers may do so at once: none waits for
 * the reports that another is deleting.
 */
final class OldReports {
  private static final String DELETE =
      """
      WITH old AS (
        SELECT id FROM report WHERE received_at < ? ORDER BY received_at, id LIMIT ?
        FOR UPDATE SKIP LOCKED
      ), gone AS (
        DELETE FROM report AS r USING old WHERE r.id = old.id
        RETURNING r.identity, r.received_at, r.range_start, r.range_end
      ), kept AS (
        INSERT INTO purged_identity (identity, last_day) SELECT %s FROM gone
        ON CONFLICT (identity) DO NOTHING
      )
      SELECT count(*) FROM gone
      """
          .formatted(PurgedIdentities.OF_A_REPORT);

  private OldReports() {}

  /** Deletes the oldest reports received before a time, at most {@code atMost}. */
  static int delete(StatementCache statements, Instant receivedBefore, int atMost)
      throws SQLException {
    try (ResultSet row = statements.of(DELETE).add(receivedBefore).add(atMost).query()) {
      return row.next() ? row.getInt(1) : 0;
    }
  }
}
