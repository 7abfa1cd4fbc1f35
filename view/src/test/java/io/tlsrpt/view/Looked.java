// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import io.tlsrpt.figures.posture.CheckState;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.figures.posture.PublishedMode;
import io.tlsrpt.figures.posture.PublishedPolicy;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Postures of a test: all is good but what is said. */
final class Looked implements Postures {
  static final Instant NOW = Instant.parse("2026-11-25T14:02:00Z");

  private final Map<DomainName, Posture> domains = new TreeMap<>();
  private final Map<String, MxPosture> hosts = new HashMap<>();
  private final Set<DomainName> ownHosts = new HashSet<>();
  private Set<Level> levels = Set.of(Level.DNS, Level.POLICY, Level.MX);

  /** A domain with those MX hosts. */
  Looked domain(
      String name, PublishedMode mode, Map<DomainCheck, Seen> otherwise, String... mxHosts) {
    Map<DomainCheck, CheckState> checks = new EnumMap<>(DomainCheck.class);
    for (DomainCheck check : DomainCheck.values()) {
      Seen usual = check == DomainCheck.DANE ? Seen.absent("no TLSA records") : Seen.OK;
      checks.put(check, state(otherwise.getOrDefault(check, usual)));
    }
    DomainName domain = new DomainName(name);
    domains.put(
        domain,
        new Posture(
            domain,
            checks,
            new PublishedPolicy(mode, "1", Duration.ofDays(7), List.of(), Optional.of(NOW)),
            List.of(mxHosts).stream().map(host -> new Posture.MxRecord(10, host)).toList(),
            Optional.empty(),
            Optional.of(NOW),
            Optional.empty()));
    return this;
  }

  /** Only at these levels. */
  Looked at(Level... only) {
    levels = Set.of(only);
    return this;
  }

  /** An MX host that is ours and is not looked at itself. */
  Looked ownHost(String name) {
    ownHosts.add(new DomainName(name));
    return this;
  }

  /** An MX host of so many domains. */
  Looked host(String name, int ofDomains, Map<MxCheck, Seen> otherwise) {
    Map<MxCheck, CheckState> checks = new EnumMap<>(MxCheck.class);
    for (MxCheck check : MxCheck.values()) {
      checks.put(check, state(otherwise.getOrDefault(check, Seen.OK)));
    }
    hosts.put(name, new MxPosture(name, ofDomains, checks, Optional.empty(), Optional.of(NOW)));
    return this;
  }

  private static CheckState state(Seen seen) {
    return new CheckState(
        seen.status(), NOW, seen, new CheckState.Looked(seen, NOW, NOW), Optional.empty());
  }

  @Override
  public Set<Level> levels() {
    return levels;
  }

  @Override
  public Optional<Posture> domain(DomainName domain) {
    return Optional.ofNullable(domains.get(domain));
  }

  @Override
  public Collection<Posture> domains() {
    return domains.values();
  }

  @Override
  public Optional<MxPosture> host(String host) {
    return Optional.ofNullable(hosts.get(host));
  }

  @Override
  public Collection<MxPosture> hosts() {
    return hosts.values();
  }

  @Override
  public long hostCount() {
    return hosts.size();
  }

  @Override
  public Set<DomainName> ownHosts() {
    return Set.copyOf(ownHosts);
  }

  @Override
  public Optional<Boolean> resolverValidates() {
    return Optional.of(true);
  }

  @Override
  public Optional<Instant> lastLook() {
    return Optional.of(NOW);
  }

  @Override
  public Optional<Posture> look(DomainName domain) {
    return domain(domain);
  }
}
