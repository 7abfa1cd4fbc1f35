// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/**
 * An empty database for a test. Its owner has the rights of its owner only, as a careful
 * administrator would have it, and must say a password (SCRAM).
 */
public final class FreshDatabase implements AutoCloseable {
  private final PostgresServer server;
  private final PostgresUrl superuser;
  private final PostgresUrl owner;

  private FreshDatabase(PostgresServer server, String name) {
    this.server = server;
    superuser = server.superuser().withDatabase(name);
    owner = superuser.withUser(name, passwordOf(name));
  }

  static FreshDatabase create(PostgresServer server) {
    String name = "test_" + UUID.randomUUID().toString().substring(0, 8);
    executeAt(
        server.superuser(),
        "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, passwordOf(name)),
        "CREATE DATABASE %s OWNER %1$s".formatted(name));
    return new FreshDatabase(server, name);
  }

  private static String passwordOf(String owner) {
    return "password-of-" + owner;
  }

  /** For its owner, with the password. */
  public String url() {
    return owner.toString();
  }

  /** The same without its owner and the password. */
  public String urlWithoutLogin() {
    return owner.withoutUser().toString();
  }

  /** The owner's. */
  public String password() {
    return passwordOf(name());
  }

  /** The database's name, which is its owner's, too. */
  public String name() {
    return owner.database();
  }

  /** Connects as its owner. */
  public Connection connect() throws SQLException {
    return owner.connect();
  }

  /** Connects to this database as the server's superuser. */
  public Connection connectAsSuperuser() throws SQLException {
    return superuser.connect();
  }

  /** Executes statements in this database as the server's superuser. */
  public void execute(String... statements) {
    executeAt(superuser, statements);
  }

  /** Ends all sessions of this database. */
  public void endSessions() {
    execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND"
            + " datname = current_database()");
  }

  /** From now on new sessions have their statements logged. */
  public void logStatements() {
    execute("ALTER DATABASE %s SET log_statement = 'all'".formatted(name()));
  }

  /**
   * What was executed since {@link #logStatements}, in the words of the server's log, which tell a
   * named statement from an unnamed one: {@code execute <unnamed>: SELECT 1}.
   */
  public List<String> statements() {
    try {
      return PostgresLog.statements(server.log(), name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void executeAt(PostgresUrl url, String... statements) {
    try (Connection connection = url.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Drops the database, whoever uses it, unless its server was stopped. */
  @Override
  public void close() {
    if (server.isRunning()) {
      executeAt(
          server.superuser(),
          "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name()),
          "DROP ROLE IF EXISTS " + name());
    }
  }
}
