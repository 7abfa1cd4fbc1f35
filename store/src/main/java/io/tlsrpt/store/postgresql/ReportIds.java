// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Gives ids to reports. A block of ids is taken from the server at once, so that most batches need
 * no trip for it; the rest of a block is lost when the session ends. Must be used within a
 * transaction.
 */
final class ReportIds {
  /** The increment of the sequence. */
  private static final int BLOCK = 64;

  private final Connection connection;
  private long next;
  private int left;

  ReportIds(Connection connection) {
    this.connection = connection;
  }

  long next() throws SQLException {
    if (left == 0) {
      try (Script script = new Script(connection)) {
        ResultSet row = script.add("SELECT nextval('report_id')").run().rows();
        row.next();
        next = row.getLong(1);
        left = BLOCK;
      }
    }
    left--;
    return next++;
  }
}
