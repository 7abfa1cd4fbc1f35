// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The versions in the database. A poll of 10,000 domains would be an answer of 400 KB if it listed
 * them all. So it asks for the sum of the versions of each of 256 groups of domains, and lists the
 * groups only whose sum is another than in memory. Each change of a domain makes its version
 * greater, and so the sum. Must be used within a transaction.
 */
final class StoredVersions {
  private static final int GROUPS = 256;
  private static final String SUMS =
      "SELECT id % " + GROUPS + ", sum(version) FROM policy_domain WHERE version > 0 GROUP BY 1";

  private static final String VERSIONS =
      "SELECT id, version, coalesce(committer = ?, false) FROM policy_domain";
  private static final String OF_GROUPS =
      VERSIONS + " WHERE version > 0 AND id % " + GROUPS + " = ANY(?)";
  private static final String LOCK = VERSIONS + " WHERE id = ANY(?) ORDER BY id FOR UPDATE";

  private final Connection connection;
  private final String node;
  private final CachedStates cached;

  /**
   * The versions that a session sees.
   *
   * @param node the name of this server
   */
  StoredVersions(Connection connection, String node, CachedStates cached) {
    this.connection = connection;
    this.node = node;
    this.cached = cached;
  }

  /** Adds the statement whose rows {@link #changed} takes. */
  static Script addTo(Script script) {
    return script.add(SUMS);
  }

  /**
   * Finds the domains that may have another version in the database than in memory: those of the
   * groups whose sum is another. A group without any domain has no row.
   *
   * @param sums the rows of the statement
   * @return versions by the domain's number
   */
  Map<Long, Version> changed(ResultSet sums) throws SQLException {
    long[] known = new long[GROUPS];
    cached.forEachVersion((id, version) -> known[(int) (id % GROUPS)] += version.number());
    List<Long> groups = differing(sums, known);
    if (groups.isEmpty()) {
      return Map.of();
    }
    try (Script script = new Script(connection)) {
      script.add(OF_GROUPS).value(node).numbers(groups).run();
      return read(script.rows());
    }
  }

  /** The groups whose sum is another than the known one. */
  private static List<Long> differing(ResultSet sums, long[] known) throws SQLException {
    List<Long> groups = new ArrayList<>();
    while (sums.next()) {
      long group = sums.getLong(1);
      // Ours may have overflown, the database's does not: the lowest 64 bits are compared.
      if (sums.getBigDecimal(2).toBigInteger().longValue() != known[(int) group]) {
        groups.add(group);
      }
    }
    return groups;
  }

  /**
   * Adds the statement that locks domains in the order of their numbers; {@link #read} its rows.
   */
  void addLockTo(Script script, List<Long> domains) throws SQLException {
    script.add(LOCK).value(node).numbers(domains);
  }

  /** Versions by the domain's number. */
  static Map<Long, Version> read(ResultSet row) throws SQLException {
    Map<Long, Version> versions = new LinkedHashMap<>();
    while (row.next()) {
      versions.put(row.getLong(1), new Version(row.getLong(2), row.getBoolean(3)));
    }
    return versions;
  }
}
