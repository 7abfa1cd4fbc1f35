// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tlsrpt.store.sql.Column;
import io.tlsrpt.store.sql.StatementCache;
import io.tlsrpt.store.sql.Write;
import io.tlsrpt.store.sql.Write.Kind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each way to write does to the rows of a table. */
class StatementRowsTest {
  private static final List<Column> KEYS = List.of(Column.text("reporter"), Column.number("day"));
  private static final List<Column> VALUES = List.of(Column.number("reports"), Column.text("mode"));

  private Connection connection;
  private StatementRows rows;

  @BeforeEach
  void makeTable() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    execute(
        "CREATE TABLE t (mode TEXT, reports INTEGER, day INTEGER, reporter TEXT,"
            + " PRIMARY KEY (reporter, day))");
    execute("INSERT INTO t (reporter, day, reports, mode) VALUES ('a', 1, 10, 'testing')");
    execute("INSERT INTO t (reporter, day, reports, mode) VALUES ('a', 2, 20, 'enforce')");
    execute("INSERT INTO t (reporter, day, reports, mode) VALUES ('b', 1, 30, 'none')");
    rows = new StatementRows(new StatementCache(connection));
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void insertShouldAddARow() throws SQLException {
    Write insert =
        new Write(Kind.INSERT, "t", List.of(), List.of(KEYS.get(1), KEYS.get(0), VALUES.get(0)));
    rows.row(insert).add(2).add("b").add(40).write();

    assertThat(table())
        .containsExactly("a 1 10 testing", "a 2 20 enforce", "b 1 30 none", "b 2 40 null");
    assertThatThrownBy(() -> rows.row(insert).add(2).add("b").add(50).write())
        .isInstanceOf(SQLException.class);
  }

  @Test
  void upsertShouldAddARowOrChangeTheOneOfItsKey() throws SQLException {
    Write upsert = new Write(Kind.UPSERT, "t", KEYS, VALUES);
    rows.row(upsert).add("a").add(2).add(21).add("none").write();
    rows.row(upsert).add("b").add(2).add(40).addNull().write();

    assertThat(table())
        .containsExactly("a 1 10 testing", "a 2 21 none", "b 1 30 none", "b 2 40 null");
  }

  @Test
  void updateShouldChangeTheRowOfItsKeyOnly() throws SQLException {
    Write update = new Write(Kind.UPDATE, "t", KEYS, VALUES);
    rows.row(update).add("a").add(2).add(21).add("none").write();
    rows.row(update).add("c").add(1).add(99).add("none").write();

    assertThat(table()).containsExactly("a 1 10 testing", "a 2 21 none", "b 1 30 none");
  }

  @Test
  void deleteShouldRemoveTheRowsOfItsKey() throws SQLException {
    rows.row(new Write(Kind.DELETE, "t", KEYS, List.of())).add("a").add(1).write();
    assertThat(table()).containsExactly("a 2 20 enforce", "b 1 30 none");

    rows.row(new Write(Kind.DELETE, "t", List.of(KEYS.get(1)), List.of())).add(1).write();
    assertThat(table()).containsExactly("a 2 20 enforce");
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> table() throws SQLException {
    List<String> table = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT reporter || ' ' || day || ' ' || reports || ' ' || coalesce(mode, 'null')"
                    + " FROM t ORDER BY reporter, day")) {
      while (found.next()) {
        table.add(found.getString(1));
      }
    }
    return table;
  }
}
