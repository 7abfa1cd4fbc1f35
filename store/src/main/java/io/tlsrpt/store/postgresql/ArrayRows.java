// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import io.tlsrpt.store.sql.Row;
import io.tlsrpt.store.sql.RowWriter;
import io.tlsrpt.store.sql.Write;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects rows, so that all rows of all tables go to the server in one trip. Tables are written in
 * the order of their first rows. For one thread at a time.
 */
final class ArrayRows implements RowWriter {
  private final Map<Write, ArrayTable> tables = new LinkedHashMap<>();

  @Override
  public Row row(Write write) {
    return tables.computeIfAbsent(write, ArrayTable::new).row();
  }

  boolean isEmpty() {
    return tables.isEmpty();
  }

  /** Adds the statements that write all rows. */
  void addTo(Script script) throws SQLException {
    for (ArrayTable table : tables.values()) {
      table.addTo(script);
    }
  }
}
