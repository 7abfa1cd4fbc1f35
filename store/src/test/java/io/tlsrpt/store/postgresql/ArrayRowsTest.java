// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tlsrpt.store.sql.Column;
import io.tlsrpt.store.sql.Row;
import io.tlsrpt.store.sql.Write;
import io.tlsrpt.store.sql.Write.Kind;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The statements that write many rows at once, and the arrays that go to the server with them. */
class ArrayRowsTest {
  private static final Column ID = Column.number("id");
  private static final Column NAME = Column.text("name");
  private static final Column COUNT = Column.number("count");
  private static final Column DIGEST = Column.octets("digest");

  private final ArrayRows rows = new ArrayRows();

  /** What the server is given: the text of all statements, then each parameter. */
  private final List<String> sent = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INSERT | INSERT INTO t (id, name, count, digest) SELECT * FROM"
            + " unnest(?::bigint[], ?::text[], ?::bigint[], ?::bytea[])"
            + " AS u (id, name, count, digest)",
        "UPSERT | INSERT INTO t (id, name, count, digest) SELECT * FROM"
            + " unnest(?::bigint[], ?::text[], ?::bigint[], ?::bytea[])"
            + " AS u (id, name, count, digest)"
            + " ON CONFLICT (id, name) DO UPDATE SET count = excluded.count,"
            + " digest = excluded.digest",
        "UPDATE | UPDATE t AS t SET count = u.count, digest = u.digest FROM"
            + " unnest(?::bigint[], ?::text[], ?::bigint[], ?::bytea[])"
            + " AS u (id, name, count, digest)"
            + " WHERE t.id = u.id AND t.name = u.name",
        "DELETE | DELETE FROM t AS t USING unnest(?::bigint[], ?::text[]) AS u (id, name)"
            + " WHERE t.id = u.id AND t.name = u.name",
      })
  void rowsShouldComeFromArrays(Kind kind, String text) throws SQLException {
    Write write = write(kind);
    Row row = rows.row(write).add(1).add("one");
    (kind == Kind.DELETE ? row : row.add(5).add(new byte[] {1})).write();

    assertThat(sent()).hasSize(1 + write.columns().size()).startsWith(text);
  }

  @Test
  void columnsShouldBeSentInTheirOrderEachWithAllRows() throws SQLException {
    Write write = write(Kind.UPSERT);
    rows.row(write).add(1).add("one").add(5).add(new byte[] {1, 2}).write();
    rows.row(write).add(2).add("two").addNull().addNull().write();

    assertThat(sent().subList(1, 5))
        .containsExactly(
            "1: bigint [1, 2]",
            "2: text [one, two]",
            "3: bigint [5, null]",
            "4: bytea [[1, 2], null]");
  }

  @Test
  void tablesShouldBeWrittenInTheOrderOfTheirFirstRows() throws SQLException {
    Write first = new Write(Kind.INSERT, "first", List.of(), List.of(ID));
    Write second = new Write(Kind.INSERT, "second", List.of(), List.of(ID));
    assertThat(rows.isEmpty()).isTrue();
    rows.row(first).add(1).write();
    rows.row(second).add(2).write();
    rows.row(first).add(3).write();

    assertThat(rows.isEmpty()).isFalse();
    assertThat(sent())
        .containsExactly(
            "INSERT INTO first (id) SELECT * FROM unnest(?::bigint[]) AS u (id);\n"
                + "INSERT INTO second (id) SELECT * FROM unnest(?::bigint[]) AS u (id)",
            "1: bigint [1, 3]",
            "2: bigint [2]");
  }

  @Test
  void rowThatLacksAColumnShouldBeRefused() throws SQLException {
    Row row = rows.row(write(Kind.UPDATE)).add(1).add("one").add(5);

    assertThatIllegalStateException()
        .isThrownBy(row::write)
        .withMessage("a row of t has 3 of 4 columns");
  }

  private static Write write(Kind kind) {
    return switch (kind) {
      case INSERT -> new Write(kind, "t", List.of(), List.of(ID, NAME, COUNT, DIGEST));
      case UPSERT, UPDATE -> new Write(kind, "t", List.of(ID, NAME), List.of(COUNT, DIGEST));
      case DELETE -> new Write(kind, "t", List.of(ID, NAME), List.of());
    };
  }

  private List<String> sent() throws SQLException {
    try (Script script = new Script(connection())) {
      rows.addTo(script);
      script.run();
    }
    return sent;
  }

  /** A connection that notes what is sent, since a statement does not tell its text. */
  private Connection connection() {
    return proxy(
        Connection.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "createArrayOf" ->
                  array(arguments[0] + " " + Arrays.deepToString((Object[]) arguments[1]));
              case "prepareStatement" -> {
                sent.add((String) arguments[0]);
                yield statement();
              }
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private PreparedStatement statement() {
    return proxy(
        PreparedStatement.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "setObject" -> {
                sent.add(arguments[0] + ": " + arguments[1]);
                yield null;
              }
              case "execute" -> false;
              case "close" -> null;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private static Array array(String text) {
    return proxy(Array.class, (proxy, method, arguments) -> text);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
