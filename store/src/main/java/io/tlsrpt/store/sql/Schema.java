// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;

/**
 * The versions of the schema. Each is a file {@code <dialect>-<version>.sql} beside this class, and
 * never changes once released. All versions that a database lacks are run in one transaction.
 */
public final class Schema {
  private static final int CURRENT = 3;

  private Schema() {}

  /** Runs the versions that a database lacks; fails for a database of a later release. */
  public static void bringUpToDate(Transaction transaction, String dialect) throws SQLException {
    transaction.begin();
    transaction.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY)");
    int version = transaction.number("SELECT coalesce(max(version), 0) FROM schema_version");
    if (version > CURRENT) {
      throw new SQLException(
          "its schema has version %d, of a later release; this release knows versions up to %d"
              .formatted(version, CURRENT));
    }
    for (int next = version + 1; next <= CURRENT; next++) {
      for (String sql : text(dialect + "-" + next + ".sql").split(";\n", -1)) {
        if (!sql.isBlank()) {
          transaction.execute(sql);
        }
      }
      transaction.execute("INSERT INTO schema_version (version) VALUES (" + next + ")");
    }
    transaction.commit();
  }

  private static String text(String name) {
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
