// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import io.tlsrpt.store.sql.SchemaFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The versions of the schema {@code tlsrpt}: files {@code postgresql-<version>.sql}. Versions only
 * add to earlier ones, so that an older server can go on: each version says from which version on
 * servers can use it.
 *
 * <p>An older server may have the database open while a later one upgrades it. So each transaction
 * first reads which version is there, and an upgrade first locks that table against readers: it
 * begins when all transactions have ended that had read the version before, and the others, which
 * hold nothing yet, wait for it.
 */
final class PostgresqlSchema {
  static final String NAME = "tlsrpt";

  /** What this release knows. */
  static final PostgresqlSchema OURS =
      new PostgresqlSchema(
          List.of(new Addition(1, () -> SchemaFile.statements("postgresql-1.sql"))));

  private static final String TABLE = NAME + ".schema_version";
  private static final String PRESENT =
      "SELECT version, usable_from FROM " + TABLE + " ORDER BY version DESC LIMIT 1";

  private static final int MOST_TRIES = 10;
  private static final long PAUSE_MILLIS = 100;

  /**
   * What a server meets that makes the schema at the same time as another. {@code IF NOT EXISTS}
   * does not prevent it. {@code 42P07}, {@code 42P06}: there already; {@code 23505}: in a system
   * catalog.
   */
  private static final Set<String> OF_A_RACE = Set.of("42P07", "42P06", "23505");

  private final List<Addition> additions;

  /**
   * A schema in all its versions.
   *
   * @param additions the first makes version 1, and so on
   */
  PostgresqlSchema(List<Addition> additions) {
    this.additions = List.copyOf(additions);
  }

  /**
   * What a version adds to the one before.
   *
   * @param usableFrom servers that know this version can use the schema, though not what was added
   */
  record Addition(int usableFrom, Supplier<List<String>> statements) {}

  /** Adds the statement whose row {@link #check} takes: the first of a transaction. */
  static Script addTo(Script script) {
    return script.add(PRESENT);
  }

  /** Makes what is missing; fails if a later release has made the schema unusable for this one. */
  void bringUpToDate(Connection connection) throws SQLException {
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

  private boolean isCurrent(Connection connection) throws SQLException {
    return exists(connection) && version(connection) >= current();
  }

  private int current() {
    return additions.size();
  }

  private static boolean exists(Connection connection) throws SQLException {
    return isTrue(connection, "to_regclass('" + TABLE + "') IS NOT NULL");
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

  private int version(Connection connection) throws SQLException {
    try (Script script = addTo(new Script(connection))) {
      return check(script.run().rows());
    }
  }

  /** The version, 0 if there is none yet; fails if this release cannot use it. */
  int check(ResultSet row) throws SQLException {
    if (!row.next()) {
      return 0;
    }
    if (row.getInt(2) > current()) {
      throw new SQLException(
          "its schema has version %d, of a later release; this release knows versions up to %d"
              .formatted(row.getInt(1), current()));
    }
    return row.getInt(1);
  }

  private void upgrade(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN ISOLATION LEVEL READ COMMITTED");
      int version = 0;
      if (exists(connection)) {
        // One server at a time: the others wait here, and then find the new version.
        statement.execute("LOCK TABLE " + TABLE + " IN ACCESS EXCLUSIVE MODE");
        version = version(connection);
      } else {
        if (!schemaExists(connection)) {
          statement.execute("CREATE SCHEMA IF NOT EXISTS " + NAME);
        }
        statement.execute(
            "CREATE TABLE "
                + TABLE
                + " (version INTEGER PRIMARY KEY, usable_from INTEGER NOT NULL)");
      }
      statement.execute("SET LOCAL search_path = " + NAME);
      for (int next = version + 1; next <= current(); next++) {
        Addition addition = additions.get(next - 1);
        for (String sql : addition.statements().get()) {
          statement.execute(sql);
        }
        statement.execute(
            "INSERT INTO schema_version (version, usable_from) VALUES (%d, %d)"
                .formatted(next, addition.usableFrom()));
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
