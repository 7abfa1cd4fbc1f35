// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import io.tlsrpt.report.DomainName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the domains of a transaction their next versions. A version is the database's time in
 * microseconds, or one more than the version before if that is not later. So versions do not repeat
 * if a failover loses the last commits: the domain's history then goes on with other versions, and
 * a server that held a lost one notices.
 */
final class Versions {
  private static final String UPDATE =
      "UPDATE policy_domain AS p SET version = u.next, committer = ?"
          + " FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS u (id, present, next)"
          + " WHERE p.id = u.id AND p.version = u.present";

  private final CachedStates cached;
  private final long now;
  private final Map<DomainName, Long> next = new LinkedHashMap<>();

  /**
   * Versions of one transaction.
   *
   * @param now the database's time in microseconds
   */
  Versions(CachedStates cached, long now) {
    this.cached = cached;
    this.now = now;
  }

  /** The next version of a domain, after one more change. */
  long next(DomainName domain) {
    long present = next.getOrDefault(domain, cached.version(domain));
    long version = Math.max(present + 1, now);
    next.put(domain, version);
    return version;
  }

  /** Makes sure that a changed domain gets a new version. */
  void atLeastOne(DomainName domain) {
    if (!next.containsKey(domain)) {
      next(domain);
    }
  }

  /**
   * Adds the statement that writes the versions. It changes no row whose version is another by now.
   */
  void addTo(Script script, PostgresqlNames domains, String node) throws SQLException {
    List<Long> ids = new ArrayList<>();
    List<Long> present = new ArrayList<>();
    next.keySet()
        .forEach(
            domain -> {
              ids.add(domains.id(domain));
              present.add(cached.version(domain));
            });
    script.add(UPDATE).value(node).numbers(ids).numbers(present).numbers(next.values());
  }

  int size() {
    return next.size();
  }

  /** The versions are in the database now. */
  void committed() {
    next.forEach(cached::committed);
  }
}
