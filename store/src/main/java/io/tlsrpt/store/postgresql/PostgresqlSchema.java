// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import io.tlsrpt.store.sql.SchemaFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * The versions of the schema {@code tlsrpt}: files {@code postgresql-<version>.sql}. Versions only
 * add to earlier ones, so that an older server can go on: each version says from which version on
 * servers can use it.
 */
final class PostgresqlSchema {
  static final String NAME = "tlsrpt";

  private static final int CURRENT = 1;
  private static final int MOST_TRIES = 10;
  private static final long PAUSE_MILLIS = 100;

  /**
   * What a server meets that makes the schema at the same time as another. {@code IF NOT EXISTS}
   * does not prevent it. {@code 42P07}, {@code 42P06}: there already; {@code 23505}: in a system
   * catalog.
   */
  private static final Set<String> OF_A_RACE = Set.of("42P07", "42P06", "23505");

  private PostgresqlSchema() {}

  /** Makes what is missing; fails if a later release has made the schema unusable for this one. */
  static void bringUpToDate(Connection connection) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        if (isCurrent(connection)) {
          return;
        }
        upgrade(connection);
        return;
      } catch (SQLException e) {
        if (tries == MOST_TRIES || !isRace(e)) {
          throw e;
        }
        rollBack(connection);
        pause();
      }
    }
  }

  private static boolean isRace(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return OF_A_RACE.contains(state) || state.startsWith("40");
  }

  private static boolean isCurrent(Connection connection) throws SQLException {
    return exists(connection) && version(connection, "") >= CURRENT;
  }

  private static boolean exists(Connection connection) throws SQLException {
    return isTrue(connection, "to_regclass('" + NAME + ".schema_version') IS NOT NULL");
  }

  /** Whether an administrator has made the schema: our user may lack the right to make one. */
  private static boolean schemaExists(Connection connection) throws SQLException {
    return isTrue(connection, "to_regnamespace('" + NAME + "') IS NOT NULL");
  }

  private static boolean isTrue(Connection connection, String condition) throws SQLException {
    try (Script script = new Script(connection)) {
      ResultSet row = script.add("SELECT " + condition).run().rows();
      row.next();
      return row.getBoolean(1);
    }
  }

  /** The version; fails if this release cannot use it. */
  private static int version(Connection connection, String lock) throws SQLException {
    try (Script script = new Script(connection)) {
      ResultSet row =
          script
              .add(
                  "SELECT version, usable_from FROM "
                      + NAME
                      + ".schema_version ORDER BY version DESC LIMIT 1"
                      + lock)
              .run()
              .rows();
      if (!row.next()) {
        return 0;
      }
      if (row.getInt(2) > CURRENT) {
        throw new SQLException(
            "its schema has version %d, of a later release; this release knows versions up to %d"
                .formatted(row.getInt(1), CURRENT));
      }
      return row.getInt(1);
    }
  }

  private static void upgrade(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN ISOLATION LEVEL READ COMMITTED");
      int version = 0;
      if (exists(connection)) {
        // One server at a time: the others wait here, and then find the new version.
        version = version(connection, " FOR UPDATE");
      } else {
        if (!schemaExists(connection)) {
          statement.execute("CREATE SCHEMA IF NOT EXISTS " + NAME);
        }
        statement.execute(
            "CREATE TABLE "
                + NAME
                + ".schema_version (version INTEGER PRIMARY KEY, usable_from INTEGER NOT NULL)");
      }
      statement.execute("SET LOCAL search_path = " + NAME);
      for (int next = version + 1; next <= CURRENT; next++) {
        for (String sql : SchemaFile.statements("postgresql-" + next + ".sql")) {
          statement.execute(sql);
        }
        statement.execute(
            "INSERT INTO schema_version (version, usable_from) VALUES (" + next + ", 1)");
      }
      statement.execute("COMMIT");
    }
  }

  private static void rollBack(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    }
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while another server makes the schema", e);
    }
  }
}
