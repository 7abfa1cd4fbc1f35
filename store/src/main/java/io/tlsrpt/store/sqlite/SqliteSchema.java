// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import io.tlsrpt.store.sql.SchemaFile;
import java.sql.SQLException;

/**
 * The versions of the schema: files {@code sqlite-<version>.sql}. All versions that a database
 * lacks are run in one transaction.
 */
final class SqliteSchema {
  static final int CURRENT = 4;

  private SqliteSchema() {}

  /** Runs the versions that a database lacks; fails for a database of a later release. */
  static void bringUpToDate(Transaction transaction) throws SQLException {
    transaction.begin();
    transaction.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY)");
    int version = transaction.number("SELECT coalesce(max(version), 0) FROM schema_version");
    if (version > CURRENT) {
      throw new SQLException(
          "its schema has version %d, of a later release; this release knows versions up to %d"
              .formatted(version, CURRENT));
    }
    for (int next = version + 1; next <= CURRENT; next++) {
      for (String sql : SchemaFile.statements("sqlite-" + next + ".sql")) {
        transaction.execute(sql);
      }
      transaction.execute("INSERT INTO schema_version (version) VALUES (" + next + ")");
    }
    transaction.commit();
  }
}
