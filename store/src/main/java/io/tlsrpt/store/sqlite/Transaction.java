// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The transactions of a connection, one after the other. They begin and end by SQL statements of
 * our own. With auto-commit off, SQLite's driver would begin the next transaction at once and lock
 * out all other writers for good.
 */
final class Transaction {
  private final Statement statement;

  // Prepared once: SQLite would parse them for each commit.
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement rollBack;

  /** Leaves the connection in auto-commit mode, in which the driver begins no transaction. */
  Transaction(Connection connection) throws SQLException {
    this.statement = connection.createStatement();
    this.begin = connection.prepareStatement("BEGIN IMMEDIATE");
    this.commit = connection.prepareStatement("COMMIT");
    this.rollBack = connection.prepareStatement("ROLLBACK");
  }

  /** Begins a transaction and takes the write lock; fails if another process keeps that lock. */
  void begin() throws SQLException {
    begin.execute();
  }

  void commit() throws SQLException {
    commit.execute();
  }

  void rollBack() throws SQLException {
    rollBack.execute();
  }

  void execute(String sql) throws SQLException {
    statement.execute(sql);
  }

  /** The one number that a query gives. */
  int number(String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }
}
