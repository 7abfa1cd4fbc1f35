// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import io.tlsrpt.store.sql.PurgedIdentities;
import io.tlsrpt.store.sql.StatementCache;
import java.sql.SQLException;
import java.time.Instant;

/** Deletes old reports, and keeps their identities. */
final class OldReports {
  private static final String OLD =
      "(SELECT id FROM report WHERE received_at < ? ORDER BY received_at, id LIMIT ?)";
  private static final String KEEP_IDENTITIES =
      "INSERT INTO purged_identity (identity, last_day) SELECT "
          + PurgedIdentities.OF_A_REPORT
          + " FROM report WHERE id IN "
          + OLD
          + " ON CONFLICT (identity) DO NOTHING";
  private static final String DELETE_CONTRIBUTIONS =
      "DELETE FROM contribution WHERE report IN " + OLD;
  private static final String DELETE = "DELETE FROM report WHERE id IN " + OLD;

  private OldReports() {}

  /** Deletes the oldest reports received before a time, at most {@code atMost}. */
  static int delete(StatementCache statements, Instant receivedBefore, int atMost)
      throws SQLException {
    statements.of(KEEP_IDENTITIES).add(receivedBefore).add(atMost).update();
    statements.of(DELETE_CONTRIBUTIONS).add(receivedBefore).add(atMost).update();
    return statements.of(DELETE).add(receivedBefore).add(atMost).update();
  }
}
