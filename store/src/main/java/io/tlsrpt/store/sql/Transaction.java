// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The transactions of a connection, one after the other. By SQL of our own: with auto-commit off
 * SQLite's driver begins the next one at once, and would keep all other writers out for good.
 */
public final class Transaction {
  private final Statement statement;

  public Transaction(Connection connection) throws SQLException {
    this.statement = connection.createStatement();
  }

  /** Begins to write, or fails if another process does. */
  public void begin() throws SQLException {
    statement.execute("BEGIN IMMEDIATE");
  }

  public void commit() throws SQLException {
    statement.execute("COMMIT");
  }

  public void rollBack() throws SQLException {
    statement.execute("ROLLBACK");
  }

  public void execute(String sql) throws SQLException {
    statement.execute(sql);
  }

  /** The one number that a query gives. */
  public int number(String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }
}
