// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.fold.DomainStates;
import io.tlsrpt.store.sql.StateReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The states of all domains in memory, each with the version that it was read at or committed as. A
 * state is that of the database if the database has the same version. For one thread at a time.
 */
final class CachedStates {
  /** Domains read in one trip, so that the answer of a large database does not fill the memory. */
  private static final int DOMAINS_AT_ONCE = 1_000;

  private static final String OF_DOMAINS = " WHERE domain = ANY(?)";

  private final Connection connection;
  private final PostgresqlNames reporters;
  private final PostgresqlNames domains;
  private final DomainStates states = new DomainStates();
  private final Map<DomainName, Version> versions = new HashMap<>();

  /** Domains that other servers have changed, read since {@link #takeRead} was called last. */
  private final Set<DomainName> read = new LinkedHashSet<>();

  CachedStates(Connection connection, PostgresqlNames reporters, PostgresqlNames domains) {
    this.connection = connection;
    this.reporters = reporters;
    this.domains = domains;
  }

  DomainStates states() {
    return states;
  }

  /** The version of a domain's state; 0 before its first. */
  long version(DomainName domain) {
    return versions.getOrDefault(domain, Version.NONE).number();
  }

  /** Something done with each version, by the domain's number. */
  interface Use {
    void of(long domain, Version version);
  }

  void forEachVersion(Use use) {
    versions.forEach((domain, version) -> use.of(domains.id(domain), version));
  }

  /** Whether this server has committed the newest state that is known of a domain. */
  boolean isOwn(DomainName domain) {
    return versions.getOrDefault(domain, Version.NONE).isOwn();
  }

  /** Notes the version that a commit of this server has given to a domain. */
  void committed(DomainName domain, long version) {
    versions.put(domain, new Version(version, true));
    read.remove(domain);
  }

  /**
   * Reads the states of those domains whose version is another in the database. The states of a
   * domain are three queries: either the domain is locked, or all is one snapshot. Otherwise they
   * may be of different moments; the next comparison of versions tells so then.
   *
   * @param present the versions in the database, by the domain's number
   */
  void readStale(Map<Long, Version> present) throws SQLException {
    List<Long> stale = new ArrayList<>();
    for (Map.Entry<Long, Version> one : present.entrySet()) {
      if (version(domains.name(one.getKey())) != one.getValue().number()) {
        stale.add(one.getKey());
      }
    }
    for (int from = 0; from < stale.size(); from += DOMAINS_AT_ONCE) {
      List<Long> some = stale.subList(from, Math.min(from + DOMAINS_AT_ONCE, stale.size()));
      Map<DomainName, DomainState> found = read(some);
      for (Long id : some) {
        DomainName domain = domains.name(id);
        states.read(domain, Optional.ofNullable(found.get(domain)));
        versions.put(domain, requireNonNull(present.get(id)));
        read.add(domain);
      }
    }
  }

  /**
   * The domains that were read since the last call and that no commit of this server has changed
   * since: no one was told of them yet. A commit reads some on its way, too.
   */
  List<DomainName> takeRead() {
    List<DomainName> taken = List.copyOf(read);
    read.clear();
    return taken;
  }

  private Map<DomainName, DomainState> read(List<Long> ids) throws SQLException {
    try {
      return rows(ids);
    } catch (RuntimeException e) {
      throw new SQLException("what is in it cannot be understood: " + e.getMessage(), e);
    }
  }

  private Map<DomainName, DomainState> rows(List<Long> ids) throws SQLException {
    StateReader reader = new StateReader(reporters, domains);
    try (Script script = new Script(connection)) {
      script.add(StateReader.REPORTERS + OF_DOMAINS).numbers(ids);
      script.add(StateReader.FAILURES + OF_DOMAINS).numbers(ids);
      script.add(StateReader.DOMAINS + OF_DOMAINS).numbers(ids).run();
      try (ResultSet row = script.rows()) {
        reader.reporters(row);
      }
      try (ResultSet row = script.rows()) {
        reader.failures(row);
      }
      try (ResultSet row = script.rows()) {
        return reader.domains(row);
      }
    }
  }
}
