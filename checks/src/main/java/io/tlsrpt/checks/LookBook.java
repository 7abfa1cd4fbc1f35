// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import io.tlsrpt.checks.judgement.HostSight;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.PostureListener;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What is known of all domains and MX hosts, and who is told of it. Read by many threads at once,
 * which wait for nothing. What changes it waits for each other until the listener is told: else a
 * domain that leaves during its look would be told of after it was said to be gone.
 */
final class LookBook {
  private static final int MAX_SHOWN_HOSTS = 500;

  private final CheckSettings settings;
  private final PostureListener listener;
  private final Turns turns = new Turns();
  private final Map<DomainName, WatchedDomain> domains = new ConcurrentHashMap<>();

  /** By their names as they are shown: who asks for one has only that, and asks often. */
  private final Map<String, WatchedHost> hosts = new ConcurrentHashMap<>();

  /** Hosts that the listener knows of. */
  private volatile Set<DomainName> shownHosts = Set.of();

  private volatile Optional<Instant> lastLook = Optional.empty();

  LookBook(CheckSettings settings, PostureListener listener) {
    this.settings = settings;
    this.listener = listener;
  }

  Optional<WatchedDomain> domain(DomainName domain) {
    return Optional.ofNullable(domains.get(domain));
  }

  Optional<WatchedHost> host(DomainName host) {
    return host(host.value());
  }

  /** By its name in lower-case A-labels. */
  Optional<WatchedHost> host(String host) {
    return Optional.ofNullable(hosts.get(host));
  }

  Collection<Posture> postures() {
    return domains.values().stream().map(WatchedDomain::posture).toList();
  }

  List<MxPosture> shownHosts() {
    return shownHosts.stream()
        .flatMap(host -> host(host).stream())
        .map(WatchedHost::posture)
        .toList();
  }

  Set<DomainName> hostNames() {
    return hosts.values().stream().map(WatchedHost::host).collect(Collectors.toUnmodifiableSet());
  }

  long hostCount() {
    return hosts.size();
  }

  Set<DomainName> domainNames() {
    return Set.copyOf(domains.keySet());
  }

  Optional<Instant> lastLook() {
    return lastLook;
  }

  synchronized void add(WatchedDomain domain) {
    domains.put(domain.posture().domain(), domain);
    listener.changed(domain.posture());
  }

  synchronized void remove(DomainName domain) {
    if (domains.remove(domain) != null) {
      listener.gone(domain);
    }
  }

  /** A domain was looked at. One that was removed meanwhile stays so. */
  synchronized void seen(DomainName name, DomainSight sight, Instant at) {
    WatchedDomain before = domains.get(name);
    if (before == null) {
      return;
    }
    WatchedDomain after = before.after(sight, settings, at);
    domains.put(name, after);
    lastLook = Optional.of(at);
    listener.changed(after.posture());
    turns
        .between(name.value(), before.posture().checks(), after.posture().checks(), at)
        .forEach(listener::tell);
  }

  /** An MX host was looked at. */
  synchronized void seen(DomainName name, HostSight sight, Instant at) {
    WatchedHost before = hosts.get(name.value());
    if (before == null) {
      return;
    }
    WatchedHost after = before.after(sight, at);
    hosts.put(name.value(), after);
    lastLook = Optional.of(at);
    if (shownHosts.contains(name)) {
      listener.changed(after.posture());
    }
    turns
        .between(name.value(), before.posture().checks(), after.posture().checks(), at)
        .forEach(listener::tell);
  }

  /** Whether senders judge the certificate of a host by the policy of a domain. */
  boolean isPolicyInForce(DomainName host) {
    return domains.values().stream()
        .filter(domain -> domain.hosts().contains(host))
        .anyMatch(this::isPolicyInForce);
  }

  /** Where the policy is not looked at, a record means one. */
  private boolean isPolicyInForce(WatchedDomain domain) {
    return settings.looksAtPolicy()
        ? domain.posture().policy().isInForce()
        : domain.posture().check(DomainCheck.MTA_STS).status() == CheckStatus.OK;
  }

  /**
   * Brings the hosts in line with the domains: adds those that are new, forgets those that are no
   * domain's any more, and counts.
   *
   * @return the hosts that there are now
   */
  synchronized Set<DomainName> alignHosts(Instant now) {
    turns.forgetBefore(now);
    Map<DomainName, Long> counts = new HashMap<>();
    domains
        .values()
        .forEach(domain -> domain.hosts().forEach(host -> counts.merge(host, 1L, Long::sum)));
    if (!settings.looksAtHosts()) {
      return Set.copyOf(counts.keySet());
    }
    hosts.values().removeIf(host -> !counts.containsKey(host.host()));
    counts.forEach(
        (host, domainsOfIt) ->
            hosts.merge(
                host.value(),
                WatchedHost.before(host, now).of(domainsOfIt),
                (known, fresh) -> known.of(domainsOfIt)));
    show(counts);
    return Set.copyOf(counts.keySet());
  }

  private void show(Map<DomainName, Long> counts) {
    Set<DomainName> most =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<DomainName, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MAX_SHOWN_HOSTS)
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());
    Set<DomainName> before = shownHosts;
    shownHosts = most;
    Set<DomainName> gone = new HashSet<>(before);
    gone.removeAll(most);
    gone.forEach(host -> listener.goneHost(host.value()));
    most.forEach(host -> host(host).map(WatchedHost::posture).ifPresent(listener::changed));
  }
}
