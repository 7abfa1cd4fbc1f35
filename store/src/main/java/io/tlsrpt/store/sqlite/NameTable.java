// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.sql.DomainIds;
import io.tlsrpt.store.sql.ReporterName;
import io.tlsrpt.store.sql.StatementCache;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A table of names, all held in memory, each one once. A new name is inserted when its number is
 * asked for.
 */
final class NameTable implements DomainIds {
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
  static NameTable ofPolicyDomains(StatementCache statements) throws SQLException {
    return read("policy_domain", statements, DomainName::parse);
  }

  /** Reads the names of all reporters, each as {@link ReporterName} does. */
  static NameTable ofReporters(StatementCache statements) throws SQLException {
    return read("reporter", statements, name -> Optional.of(ReporterName.of(name)));
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

  private void add(long id, Optional<DomainName> name) {
    lastId = Math.max(lastId, id);
    name.ifPresent(
        read -> {
          ids.put(read.value(), id);
          names.put(id, read);
        });
  }

  @Override
  public OptionalLong find(DomainName name) {
    Long known = ids.get(name.value());
    return known == null ? OptionalLong.empty() : OptionalLong.of(known);
  }

  @Override
  public long id(DomainName name) throws SQLException {
    Long known = ids.get(name.value());
    if (known != null) {
      return known;
    }
    long id = lastId + 1;
    statements.of(insert).add(id).add(name.value()).update();
    add(id, Optional.of(name));
    return id;
  }

  @Override
  public DomainName name(long id) throws SQLException {
    DomainName name = names.get(id);
    if (name == null) {
      throw new SQLException("a row speaks of a name that is not there: " + id);
    }
    return name;
  }

  @Override
  public DomainName held(String stored) {
    Long id = ids.get(stored);
    DomainName known = id == null ? null : names.get(id);
    return known == null ? ReporterName.of(stored) : known;
  }
}
