// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/**
 * A way to write rows of a table. How it is said in SQL is each database's own matter: one may take
 * a row at a time, another all rows at once.
 *
 * @param keys the columns that tell which row is meant; empty for an insert
 * @param values the columns that are set; empty for a deletion
 */
public record Write(Kind kind, String table, List<Column> keys, List<Column> values) {
  /** What happens to the rows. */
  public enum Kind {
    /** A new row; one with the same key is an error. */
    INSERT,
    /** A new row, or new values in the row of the same key. */
    UPSERT,
    /** New values in the row of that key; nothing if there is none. */
    UPDATE,
    /** No row of that key is left. */
    DELETE
  }

  public Write {
    requireNonNull(kind, "kind");
    requireNonNull(table, "table");
    keys = List.copyOf(keys);
    values = List.copyOf(values);
  }

  static Write insert(String table, Column... values) {
    return new Write(Kind.INSERT, table, List.of(), List.of(values));
  }

  static Write upsert(String table, List<Column> keys, Column... values) {
    return new Write(Kind.UPSERT, table, keys, List.of(values));
  }

  static Write update(String table, List<Column> keys, Column... values) {
    return new Write(Kind.UPDATE, table, keys, List.of(values));
  }

  static Write delete(String table, Column... keys) {
    return new Write(Kind.DELETE, table, List.of(keys), List.of());
  }

  /** The same with one more value at the end. */
  public Write with(Column value) {
    return new Write(kind, table, keys, Stream.concat(values.stream(), Stream.of(value)).toList());
  }

  /** All columns in the order in which a row gives them: keys, then values. */
  public List<Column> columns() {
    return Stream.concat(keys.stream(), values.stream()).toList();
  }
}
