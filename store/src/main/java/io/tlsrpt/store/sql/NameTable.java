// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * A table that gives each name a number, which stands for the name in all other tables. All names
 * are held in memory. For one thread at a time.
 */
public final class NameTable {
  private final String insert;
  private final StatementCache statements;
  private final Map<String, Long> ids = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();
  private long lastId;

  private NameTable(String table, StatementCache statements) {
    this.insert = "INSERT INTO " + table + " (id, name) VALUES (?, ?)";
    this.statements = statements;
  }

  /** Reads all names of a table. */
  public static NameTable read(String table, StatementCache statements) throws SQLException {
    NameTable names = new NameTable(table, statements);
    try (ResultSet row = statements.of("SELECT id, name FROM " + table).query()) {
      while (row.next()) {
        names.remember(row.getLong(1), row.getString(2).intern());
      }
    }
    return names;
  }

  private void remember(long id, String name) {
    ids.put(name, id);
    names.put(id, name);
    lastId = Math.max(lastId, id);
  }

  /** The number of a name; a new name is inserted. */
  long id(String name) throws SQLException {
    Long known = ids.get(name);
    if (known != null) {
      return known;
    }
    long id = lastId + 1;
    statements.of(insert).add(id).add(name).update();
    remember(id, name.intern());
    return id;
  }

  String name(long id) throws SQLException {
    String name = names.get(id);
    if (name == null) {
      throw new SQLException("a row speaks of a name that is not there: " + id);
    }
    return name;
  }
}
