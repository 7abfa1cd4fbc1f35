// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.report.DomainName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A table that gives each name of a domain a number, which stands for the name in all other tables.
 * All names are held in memory, each one once. For one thread at a time.
 */
public final class NameTable {
  private final String insert;
  private final StatementCache statements;
  private final Map<String, Long> ids = new HashMap<>();
  private final Map<Long, DomainName> names = new HashMap<>();
  private long lastId;

  private NameTable(String table, StatementCache statements) {
    this.insert = "INSERT INTO " + table + " (id, name) VALUES (?, ?)";
    this.statements = statements;
  }

  /** Reads the names of all policy domains. A damaged name counts as missing. */
  public static NameTable ofPolicyDomains(StatementCache statements) throws SQLException {
    return read("policy_domain", statements, DomainName::parse);
  }

  /** Reads the names of all reporters, each as {@link #reporter} does. */
  public static NameTable ofReporters(StatementCache statements) throws SQLException {
    return read("reporter", statements, name -> Optional.of(reporter(name)));
  }

  private static NameTable read(
      String table, StatementCache statements, Function<String, Optional<DomainName>> reading)
      throws SQLException {
    NameTable names = new NameTable(table, statements);
    try (ResultSet row = statements.of("SELECT id, name FROM " + table).query()) {
      while (row.next()) {
        names.add(row.getLong(1), reading.apply(row.getString(2)));
      }
    }
    return names;
  }

  /**
   * The name of a reporter as it was stored. Every release has stored names of domains only. So any
   * other text was damaged, and stands for an unknown reporter: its reports can still be read.
   */
  public static DomainName reporter(String stored) {
    return DomainName.parse(stored).orElse(ReceivedReport.UNKNOWN_REPORTER);
  }

  private void add(long id, Optional<DomainName> name) {
    lastId = Math.max(lastId, id);
    name.ifPresent(
        read -> {
          ids.put(read.value(), id);
          names.put(id, read);
        });
  }

  /** The number of a name; a new name is inserted. */
  long id(DomainName name) throws SQLException {
    Long known = ids.get(name.value());
    if (known != null) {
      return known;
    }
    long id = lastId + 1;
    statements.of(insert).add(id).add(name.value()).update();
    add(id, Optional.of(name));
    return id;
  }

  DomainName name(long id) throws SQLException {
    DomainName name = names.get(id);
    if (name == null) {
      throw new SQLException("a row speaks of a name that is not there: " + id);
    }
    return name;
  }

  /** The name of a reporter as it was stored; if this is the table's, the one that is held here. */
  DomainName held(String stored) {
    Long id = ids.get(stored);
    DomainName known = id == null ? null : names.get(id);
    return known == null ? reporter(stored) : known;
  }
}
