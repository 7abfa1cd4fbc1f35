// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import io.tlsrpt.store.sql.HistoryReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.ProgressHandler;

/** Opens the file read-only, for one answer that takes no longer than allowed. */
final class SqliteReadings implements HistoryReader.Readings {
  /** Makes SQLite read the tables in the order written. */
  static final String JOIN = "CROSS JOIN";

  private static final int STEPS_BETWEEN_LOOKS_AT_THE_CLOCK = 10_000;

  private final SqliteDatabase database;
  private final Duration longest;

  SqliteReadings(SqliteDatabase database, Duration longest) {
    this.database = database;
    this.longest = longest;
  }

  @Override
  public Connection open() throws SQLException, IOException {
    Connection connection = database.openToRead();
    try {
      endAfter(longest, connection);
      return connection;
    } catch (SQLException | RuntimeException | Error e) {
      connection.close();
      throw e;
    }
  }

  /** Makes SQLite interrupt the statements of a connection once the time is over. */
  private static void endAfter(Duration time, Connection connection) throws SQLException {
    long start = System.nanoTime();
    ProgressHandler.setHandler(
        connection,
        STEPS_BETWEEN_LOOKS_AT_THE_CLOCK,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return System.nanoTime() - start > time.toNanos() ? 1 : 0;
          }
        });
  }

  @Override
  public String describe(Exception e) {
    return e instanceof SQLException sql && database.isInterrupted(sql)
        ? "it takes longer than " + longest.toSeconds() + " seconds; ask for fewer days"
        : SqliteDatabase.describe(e);
  }

  @Override
  public String toString() {
    return database.toString();
  }
}
