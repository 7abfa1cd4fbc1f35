// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.sql.DomainIds;
import io.tlsrpt.store.sql.ReporterName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A table of names. Those that have been met are held in memory; the names that other servers have
 * added are read when they are met. Must be used within a transaction.
 */
final class PostgresqlNames implements DomainIds {
  private final String table;
  private final Connection connection;
  private final Map<DomainName, Long> ids = new HashMap<>();
  private final Map<Long, DomainName> names = new HashMap<>();

  /** The names that the present transaction has added: they are gone if it is rolled back. */
  private final Map<DomainName, Long> added = new HashMap<>();

  PostgresqlNames(String table, Connection connection) {
    this.table = table;
    this.connection = connection;
  }

  /** Reads all names. */
  void readAll() throws SQLException {
    try (Script script = new Script(connection)) {
      script.add("SELECT id, name FROM " + table).run();
      remember(script.rows());
    }
  }

  /** Whether the numbers of all these names are known. */
  boolean hasMet(Collection<DomainName> some) {
    return ids.keySet().containsAll(some);
  }

  /** The numbers of those of these names that have one. */
  List<Long> numbers(Collection<DomainName> some) {
    return some.stream().map(ids::get).filter(Objects::nonNull).toList();
  }

  /** Reads those of some names that have a number and have not been met. */
  void meet(Collection<DomainName> some) throws SQLException {
    List<String> unmet =
        some.stream().filter(name -> !ids.containsKey(name)).map(DomainName::value).toList();
    if (!unmet.isEmpty()) {
      try (Script script = new Script(connection)) {
        script.add("SELECT id, name FROM " + table + " WHERE name = ANY(?)").texts(unmet).run();
        remember(script.rows());
      }
    }
  }

  private void remember(ResultSet row) throws SQLException {
    while (row.next()) {
      remember(row.getLong(1), ReporterName.of(row.getString(2)));
    }
  }

  private void remember(long id, DomainName name) {
    ids.put(name, id);
    names.put(id, name);
  }

  /**
   * Gives numbers to names. In the order of names, so that two servers that add the same ones wait
   * for each other in the same order.
   */
  void add(Collection<DomainName> some) throws SQLException {
    List<String> unknown =
        some.stream()
            .filter(name -> find(name).isEmpty())
            .map(DomainName::value)
            .sorted()
            .distinct()
            .toList();
    if (unknown.isEmpty()) {
      return;
    }
    try (Script script = new Script(connection)) {
      script
          .add("INSERT INTO " + table + " (name) SELECT unnest(?) ON CONFLICT (name) DO NOTHING")
          .texts(unknown)
          .add("SELECT id, name FROM " + table + " WHERE name = ANY(?)")
          .texts(unknown)
          .run();
      ResultSet row = script.rows();
      while (row.next()) {
        added.put(ReporterName.of(row.getString(2)), row.getLong(1));
      }
    }
  }

  /** The names that were added stay. */
  void committed() {
    added.forEach((name, id) -> remember(id, name));
    added.clear();
  }

  /** The names that were added are gone. */
  void rolledBack() {
    added.clear();
  }

  @Override
  public OptionalLong find(DomainName name) {
    return Stream.of(ids, added)
        .filter(known -> known.containsKey(name))
        .mapToLong(known -> known.get(name))
        .findFirst();
  }

  @Override
  public long id(DomainName name) {
    return find(name)
        .orElseThrow(() -> new IllegalStateException(name + " has no number in " + table));
  }

  @Override
  public DomainName name(long id) throws SQLException {
    DomainName known = names.get(id);
    if (known != null) {
      return known;
    }
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT name FROM " + table + " WHERE id = ?")) {
      statement.setLong(1, id);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("a row speaks of a name that is not there: " + id);
        }
        DomainName name = ReporterName.of(row.getString(1));
        remember(id, name);
        return name;
      }
    }
  }

  @Override
  public DomainName held(String stored) {
    DomainName name = ReporterName.of(stored);
    Long id = ids.get(name);
    DomainName known = id == null ? null : names.get(id);
    return known == null ? name : known;
  }
}
