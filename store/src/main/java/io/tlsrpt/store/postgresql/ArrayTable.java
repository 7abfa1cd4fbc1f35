// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static java.util.stream.Collectors.joining;

import io.tlsrpt.store.sql.Column;
import io.tlsrpt.store.sql.Row;
import io.tlsrpt.store.sql.Write;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of one table, column by column. */
final class ArrayTable {
  private final Write write;
  private final List<List<@Nullable Object>> columns = new ArrayList<>();

  ArrayTable(Write write) {
    this.write = write;
    write.columns().forEach(column -> columns.add(new ArrayList<>()));
  }

  Row row() {
    return new ArrayRow();
  }

  private final class ArrayRow implements Row {
    private int next;

    private Row put(@Nullable Object value) {
      columns.get(next++).add(value);
      return this;
    }

    @Override
    public Row add(long number) {
      return put(number);
    }

    @Override
    public Row add(String text) {
      return put(text);
    }

    @Override
    public Row add(byte[] octets) {
      return put(octets);
    }

    @Override
    public Row addNull() {
      return put(null);
    }

    @Override
    public void write() {
      if (next != columns.size()) {
        throw new IllegalStateException(
            "a row of " + write.table() + " has " + next + " of " + columns.size() + " columns");
      }
    }
  }

  /** Adds the statement that writes all rows, with the columns as arrays. */
  void addTo(Script script) throws SQLException {
    script.add(text());
    for (int i = 0; i < columns.size(); i++) {
      script.array(write.columns().get(i).type(), columns.get(i));
    }
  }

  private String text() {
    String table = write.table();
    return switch (write.kind()) {
      case INSERT -> insert();
      case UPSERT ->
          insert()
              + names(" ON CONFLICT (", write.keys(), ")")
              + write.values().stream()
                  .map(Column::name)
                  .map(name -> name + " = excluded." + name)
                  .collect(joining(", ", " DO UPDATE SET ", ""));
      case UPDATE ->
          "UPDATE "
              + table
              + " AS t SET "
              + write.values().stream()
                  .map(Column::name)
                  .map(name -> name + " = u." + name)
                  .collect(joining(", "))
              + " FROM "
              + unnested()
              + where();
      case DELETE -> "DELETE FROM " + table + " AS t USING " + unnested() + where();
    };
  }

  private String insert() {
    return "INSERT INTO "
        + write.table()
        + names(" (", write.columns(), ")")
        + " SELECT * FROM "
        + unnested();
  }

  private String unnested() {
    return write.columns().stream()
            .map(column -> "?::" + Script.typeName(column.type()) + "[]")
            .collect(joining(", ", "unnest(", ")"))
        + names(" AS u (", write.columns(), ")");
  }

  private String where() {
    return write.keys().stream()
        .map(Column::name)
        .map(name -> "t." + name + " = u." + name)
        .collect(joining(" AND ", " WHERE ", ""));
  }

  private static String names(String prefix, List<Column> columns, String suffix) {
    return columns.stream().map(Column::name).collect(joining(", ", prefix, suffix));
  }
}
