// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import static java.util.stream.Collectors.joining;

import io.tlsrpt.store.sql.Column;
import io.tlsrpt.store.sql.Row;
import io.tlsrpt.store.sql.RowWriter;
import io.tlsrpt.store.sql.StatementCache;
import io.tlsrpt.store.sql.Write;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.IntStream;

/** Writes each row at once, by a prepared statement, since SQLite is in the same process. */
final class StatementRows implements RowWriter {
  private final StatementCache statements;

  /** By identity, which is quick to look up. All ways to write are constants. */
  private final IdentityHashMap<Write, String> texts = new IdentityHashMap<>();

  StatementRows(StatementCache statements) {
    this.statements = statements;
  }

  @Override
  public Row row(Write write) throws SQLException {
    return statements.of(texts.computeIfAbsent(write, StatementRows::text));
  }

  /** The statement that writes one row. Its parameters are numbered as the columns are. */
  private static String text(Write write) {
    String table = write.table();
    return switch (write.kind()) {
      case INSERT -> insert(write);
      case UPSERT ->
          insert(write)
              + write.keys().stream()
                  .map(Column::name)
                  .collect(joining(", ", " ON CONFLICT (", ")"))
              + write.values().stream()
                  .map(Column::name)
                  .map(name -> name + " = excluded." + name)
                  .collect(joining(", ", " DO UPDATE SET ", ""));
      case UPDATE ->
          "UPDATE "
              + table
              + equal(write.values(), write.keys().size(), " SET ", ", ")
              + equal(write.keys(), 0, " WHERE ", " AND ");
      case DELETE -> "DELETE FROM " + table + equal(write.keys(), 0, " WHERE ", " AND ");
    };
  }

  private static String insert(Write write) {
    List<Column> columns = write.columns();
    return "INSERT INTO "
        + write.table()
        + columns.stream().map(Column::name).collect(joining(", ", " (", ")"))
        + columns.stream().map(column -> "?").collect(joining(", ", " VALUES (", ")"));
  }

  private static String equal(List<Column> columns, int before, String prefix, String separator) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> columns.get(i).name() + " = ?" + (before + i + 1))
        .collect(joining(separator, prefix, ""));
  }
}
