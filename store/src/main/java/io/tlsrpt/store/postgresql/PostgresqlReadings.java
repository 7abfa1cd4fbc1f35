// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import io.tlsrpt.store.sql.HistoryReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Opens a connection for one answer, each of whose statements takes no longer than allowed. */
final class PostgresqlReadings implements HistoryReader.Readings {
  /** The server finds the right order of tables by itself. */
  static final String JOIN = "JOIN";

  private final PostgresqlDatabase database;
  private final String node;
  private final Duration longest;

  PostgresqlReadings(PostgresqlDatabase database, String node, Duration longest) {
    this.database = database;
    this.node = node;
    this.longest = longest;
  }

  @Override
  public Connection open() throws SQLException {
    Connection connection = database.connect(node);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "BEGIN READ ONLY; SET LOCAL search_path = "
              + PostgresqlSchema.NAME
              + "; SET LOCAL statement_timeout = "
              + longest.toMillis());
      return connection;
    } catch (SQLException | RuntimeException | Error e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public String describe(Exception e) {
    return e instanceof SQLException sql && Failure.of(sql) == Failure.TOO_LONG
        ? "it takes longer than " + longest.toSeconds() + " seconds; ask for fewer days"
        : FailureText.of(e);
  }

  @Override
  public String toString() {
    return database.toString();
  }
}
