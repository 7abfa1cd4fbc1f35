// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL server for tests, with {@code fsync} on and at most a hundred connections, as
 * PostgreSQL itself has it.
 *
 * <p>The server that tests share is, in this order:
 *
 * <ol>
 *   <li>the one that the system property {@code tlsrpt.postgres} names: a JDBC URL with a user who
 *       may make databases and roles. Somebody who sets it wants that server, be it another
 *       release, or another product that speaks the protocol.
 *   <li>one by the programs that the build has brought. They are before those of the machine, since
 *       with them a test meets the same release of PostgreSQL everywhere, and nothing need be
 *       installed.
 *   <li>one by the programs of the machine: Debian's {@code postgresql}, or what is on the PATH.
 *       The build has no programs for some machines, such as those with musl for a C library.
 * </ol>
 *
 * <p>Where there is none, a test that asks is aborted, and fails if {@code CI} is {@code true}.
 */
public final class PostgresServer implements AutoCloseable {
  /** The system property with the URL of a server to use. */
  public static final String PROPERTY = "tlsrpt.postgres";

  private static @Nullable PostgresServer shared;
  private static @Nullable String whyNone;

  private final PostgresUrl superuser;
  private final Optional<PostgresProcess> process;

  private PostgresServer(PostgresUrl superuser, Optional<PostgresProcess> process) {
    this.superuser = superuser;
    this.process = process;
  }

  /** The server of this JVM. It is started when it is first asked for, and ends with the JVM. */
  public static synchronized PostgresServer shared() {
    if (shared == null && whyNone == null) {
      try {
        String url = System.getProperty(PROPERTY);
        shared = url == null ? create() : of(url);
      } catch (IOException e) {
        whyNone = "no PostgreSQL here: " + e.getMessage();
      }
    }
    return shared == null ? none(String.valueOf(whyNone)) : shared;
  }

  private static PostgresServer none(String why) {
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(why);
    }
    return Assumptions.abort(why);
  }

  /** A server that runs already, whose databases can be used, but which is not ours to stop. */
  static PostgresServer of(String url) {
    return new PostgresServer(PostgresUrl.parse(url), Optional.empty());
  }

  /**
   * Starts a server of its own for a test that needs other settings than the shared one has.
   *
   * @param settings lines of postgresql.conf, such as {@code max_connections = 5}
   * @throws IOException if there is none to start; it says why
   */
  public static PostgresServer create(String... settings) throws IOException {
    return of(PostgresProcess.start(List.of(settings)));
  }

  static PostgresServer of(PostgresProcess process) {
    return new PostgresServer(
        new PostgresUrl("jdbc:postgresql://127.0.0.1:" + process.port() + "/", "postgres", "")
            .withUser(PostgresProcess.SUPERUSER, process.password()),
        Optional.of(process));
  }

  /** A database that is empty, with an owner of its own. */
  public FreshDatabase newDatabase() {
    return FreshDatabase.create(this);
  }

  /** Connects to the server's own database as its superuser. */
  public Connection connect() throws SQLException {
    return superuser.connect();
  }

  PostgresUrl superuser() {
    return superuser;
  }

  /** On 127.0.0.1. It stays the same when the server is stopped and started. */
  public int port() {
    return process().port();
  }

  /** Stops the server as its administrator would: its clients lose their connections. */
  public void stop() throws IOException {
    process().stop();
  }

  /** Starts it again, and returns when it takes connections. */
  public void start() throws IOException {
    process().start();
  }

  /** As if its machine had crashed and come back: nothing that was committed is lost. */
  public void restartImmediately() throws IOException {
    process().stopImmediately();
    process().start();
  }

  boolean isRunning() {
    return process.map(PostgresProcess::isRunning).orElse(true);
  }

  Path log() {
    return process().log();
  }

  /** A test that stops a server, or reads its log, is aborted if the server is not ours. */
  private PostgresProcess process() {
    return process.orElseGet(
        () -> Assumptions.abort("the server of " + PROPERTY + " is not ours to stop or to read"));
  }

  /** Ends the server if it is ours, and deletes its files. */
  @Override
  public void close() throws IOException {
    if (process.isPresent()) {
      process.get().close();
    }
  }

  @Override
  public String toString() {
    return superuser.server();
  }
}
