// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import java.sql.SQLException;
import java.time.LocalDate;

/**
 * The table of the identities of deleted reports. It keeps a deleted report that comes again from
 * being counted a second time.
 */
public final class PurgedIdentities {
  /**
   * What is kept of a report that is deleted, as columns of {@code report}. A report without a
   * range could come again at any time, so its identity has no last day and is never forgotten.
   */
  public static final String OF_A_REPORT =
      "identity, CASE WHEN "
          + ReportRows.RANGE_IS_DAY_OF_RECEIPT
          + " THEN NULL ELSE range_end / 86400000 END";

  private PurgedIdentities() {}

  /**
   * Forgets some identities whose range ended before a day: such reports are too old to be taken.
   */
  public static int delete(StatementCache statements, LocalDate before, int atMost)
      throws SQLException {
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
