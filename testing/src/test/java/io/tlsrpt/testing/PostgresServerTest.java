// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

class PostgresServerTest {
  private static final String INVALID_PASSWORD = "28P01";
  private static final String NO_DATABASE = "3D000";

  private final PostgresServer server = PostgresServer.shared();

  static Stream<Arguments> ways() {
    return Stream.of(PostgresPrograms.values())
        .flatMap(
            programs ->
                PostgresAccount.candidates().stream()
                    .map(account -> Arguments.of(programs, account)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  @Tag("slow")
  void eachWayShouldGiveAServer(PostgresPrograms programs, PostgresAccount account)
      throws Exception {
    try (PostgresServer found = start(programs, account);
        FreshDatabase database = found.newDatabase();
        Connection connection = database.connect()) {
      assertThat(answer(connection, "SHOW fsync")).isEqualTo("on");
      found.restartImmediately();
      assertThat(connection.isValid(1)).isFalse();
    }
  }

  private static PostgresServer start(PostgresPrograms programs, PostgresAccount account) {
    try {
      return PostgresServer.of(PostgresProcess.start(programs, account, List.of()));
    } catch (IOException e) {
      return abort(e.toString());
    }
  }

  @Test
  void databasesShouldBeEmptyAndApart() throws Exception {
    try (FreshDatabase one = server.newDatabase();
        FreshDatabase other = server.newDatabase();
        Connection first = one.connect();
        Connection second = other.connect()) {
      execute(first, "CREATE SCHEMA tlsrpt");
      execute(first, "CREATE TABLE tlsrpt.report ()");

      assertThat(answer(first, "SELECT to_regclass('tlsrpt.report')")).isEqualTo("tlsrpt.report");
      assertThat(answer(second, "SELECT coalesce(to_regclass('tlsrpt.report')::text, 'none')"))
          .isEqualTo("none");
    }
  }

  @Test
  void ownerShouldHaveNoRightsBeyondItsDatabase() throws Exception {
    try (FreshDatabase database = server.newDatabase();
        Connection owner = database.connect();
        Connection superuser = database.connectAsSuperuser()) {
      assertThat(answer(owner, "SELECT current_user")).isEqualTo(database.name());
      assertThat(answer(owner, "SHOW is_superuser")).isEqualTo("off");
      assertThat(answer(superuser, "SHOW is_superuser")).isEqualTo("on");
      assertThat(answer(superuser, "SELECT current_database()")).isEqualTo(database.name());
    }
  }

  @Test
  void passwordShouldBeAskedFor() {
    try (FreshDatabase database = server.newDatabase()) {
      String wrong = database.url().replace("password=", "password=no-");

      assertThatThrownBy(() -> DriverManager.getConnection(wrong).close())
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(INVALID_PASSWORD));
    }
  }

  @Test
  void closedDatabaseShouldBeGoneWhoeverUsesIt() throws Exception {
    FreshDatabase database = server.newDatabase();
    try (Connection connection = database.connect()) {
      database.close();

      assertThat(connection.isValid(1)).isFalse();
    }
    assertThatThrownBy(() -> database.connectAsSuperuser().close())
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(NO_DATABASE));
  }

  @Test
  void committedRowsShouldOutliveACrash() throws Exception {
    try (FreshDatabase database = server.newDatabase()) {
      try (Connection connection = database.connect()) {
        execute(connection, "CREATE SCHEMA t");
        execute(connection, "CREATE TABLE t.kept AS SELECT 1 AS i");
      }
      server.restartImmediately();

      try (Connection connection = database.connect()) {
        assertThat(answer(connection, "SELECT i FROM t.kept")).isEqualTo("1");
      }
    }
  }

  @Test
  void stoppedServerShouldComeBackAtItsPort() throws Exception {
    try (FreshDatabase database = server.newDatabase()) {
      server.stop();
      try {
        assertThat(server.isRunning()).isFalse();
        assertThatThrownBy(() -> database.connect().close()).hasMessageContaining("refused");
      } finally {
        server.start();
      }

      try (Connection connection = database.connect()) {
        assertThat(connection.getMetaData().getURL()).contains(":" + server.port() + "/");
      }
    }
  }

  @Test
  void sessionsShouldBeEnded() throws Exception {
    try (FreshDatabase database = server.newDatabase();
        Connection connection = database.connect()) {
      database.endSessions();

      assertThat(connection.isValid(1)).isFalse();
    }
  }

  @Test
  void statementsOfTheDatabaseShouldBeTold() throws Exception {
    try (FreshDatabase database = server.newDatabase();
        FreshDatabase other = server.newDatabase()) {
      database.logStatements();
      other.logStatements();
      try (Connection connection = database.connect();
          Connection elsewhere = other.connect()) {
        execute(connection, "SELECT 1\n  AS one");
        execute(elsewhere, "SELECT 2");
      }

      assertThat(database.statements())
          .contains("execute <unnamed>: SELECT 1\n  AS one")
          .noneMatch(statement -> statement.contains("SELECT 2"));
    }
  }

  @Test
  @Tag("slow")
  void serverOfItsOwnShouldHaveItsSettings() throws Exception {
    try (PostgresServer own = PostgresServer.create("max_connections = 7");
        Connection connection = own.connect()) {
      assertThat(answer(connection, "SHOW max_connections")).isEqualTo("7");
      assertThat(own.port()).isNotEqualTo(server.port());
    }
  }

  @Test
  void serverOfSomebodyElseShouldBeUsedAndLeftAlone() throws Exception {
    PostgresServer named = PostgresServer.of(server.superuser().toString());

    try (FreshDatabase database = named.newDatabase();
        Connection connection = database.connect()) {
      assertThat(answer(connection, "SELECT current_user")).isEqualTo(database.name());
      assertThatThrownBy(named::stop).isInstanceOf(TestAbortedException.class);
      named.close();
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  @Tag("slow")
  void serverShouldEndWithItsJvmHoweverThatEnds() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                Started.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Path log;
    try (BufferedReader output = jvm.inputReader(UTF_8)) {
      log = Path.of(output.readLine());
      assertThat(log).isNotEmptyFile();
      jvm.destroyForcibly().waitFor();
    }

    while (Files.exists(log.getParent())) {
      Thread.sleep(50);
    }
  }

  /** What runs in the other JVM. */
  static final class Started {
    private Started() {}

    /** Starts a server, tells its log, and would wait for ever. */
    public static void main(String[] args) throws Exception {
      System.out.println(PostgresServer.create().log());
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String answer(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
