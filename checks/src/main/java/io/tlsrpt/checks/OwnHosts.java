// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import io.tlsrpt.report.DomainName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MX hosts that are ours, since looks saw them at addresses of ours. One is ours from the
 * second of two looks that are ten minutes apart, and for 35 days after the last: reports come days
 * later, and neither a restart nor a dead name server nor a move to other hosts may have them
 * refused. Thread-safe; who asks waits for nothing.
 *
 * <p>Whoever owns a domain names its MX hosts, and may name others with each look. So a domain has
 * places for 40 that no other domain has, there are 500 places, and hosts that were seen once give
 * way first. Hosts that the administrator names always have one.
 */
final class OwnHosts {
  static final int MOST = 500;

  /** A look finds 20 MX hosts at most, each with what its name is an alias of. */
  static final int MOST_OF_A_DOMAIN = 40;

  private static final Logger LOGGER = LoggerFactory.getLogger(OwnHosts.class);
  private static final Duration KEPT = Duration.ofDays(35);
  private static final Duration AWAITED = Duration.ofMinutes(30);
  private static final Duration BETWEEN_WRITES = Duration.ofHours(12);
  private static final Duration BETWEEN_WARNINGS = Duration.ofHours(24);

  private static final Comparator<Map.Entry<DomainName, Sightings>> FIRST_TO_GO =
      Comparator.<Map.Entry<DomainName, Sightings>, Boolean>comparing(
              host -> host.getValue().areTwo())
          .thenComparing(host -> host.getValue().last());

  private final Optional<OwnHostsFile> file;
  private final Predicate<DomainName> named;
  private final Map<DomainName, Sightings> hosts;
  private volatile Set<DomainName> names;
  private Instant written = Instant.MIN;
  private Instant warned = Instant.MIN;

  private OwnHosts(Optional<OwnHostsFile> file, Predicate<DomainName> named, Instant now) {
    this.file = file;
    this.named = named;
    this.hosts = new HashMap<>(file.map(OwnHostsFile::read).orElse(Map.of()));
    this.names = ours(now);
  }

  /**
   * Begins with the hosts that a file keeps, and writes the file when there are others.
   *
   * @param named whether the administrator says where a host is
   */
  static OwnHosts keptIn(Path file, Predicate<DomainName> named, Instant now) {
    return new OwnHosts(Optional.of(new OwnHostsFile(file)), named, now);
  }

  /** None, as long as none is seen. */
  static OwnHosts none() {
    return new OwnHosts(Optional.empty(), host -> false, Instant.EPOCH);
  }

  /** Those that are ours, as of the last look. */
  Set<DomainName> names() {
    return names;
  }

  /** Whether one of these was seen once, a moment ago, and needs a second look. */
  synchronized boolean awaitSecondLook(Collection<DomainName> some, Instant now) {
    return some.stream()
        .flatMap(host -> Optional.ofNullable(hosts.get(host)).stream())
        .anyMatch(seen -> !seen.areTwo() && Ages.isRecent(seen.last(), AWAITED, now));
  }

  /**
   * A look at a domain found these of its MX hosts at addresses of ours.
   *
   * @return whether a second look should follow soon, since one of them is not ours yet
   */
  synchronized boolean seen(DomainName domain, Collection<DomainName> own, Instant at) {
    boolean fresh = false;
    for (DomainName host : own) {
      Optional<Sightings> before = Optional.ofNullable(hosts.get(host));
      if (before.isPresent() || hasPlace(domain, host, own, at)) {
        hosts.put(
            host,
            before.map(seen -> seen.and(domain, at)).orElseGet(() -> Sightings.one(domain, at)));
        fresh |= before.isEmpty();
      }
    }
    Set<DomainName> now = ours(at);
    boolean changed = fresh || !now.equals(names);
    names = now;
    if (changed || (!own.isEmpty() && !Ages.isRecent(written, BETWEEN_WRITES, at))) {
      // What could not be written is written at the next look.
      written = file.filter(kept -> !kept.write(hosts)).isPresent() ? Instant.MIN : at;
    }
    return awaitSecondLook(own, at);
  }

  /** A new host; if the domain has too many, one of its own gives way, else one of anybody's. */
  private boolean hasPlace(
      DomainName domain, DomainName host, Collection<DomainName> own, Instant at) {
    if (named.test(host)) {
      return true;
    }
    Predicate<Sightings> isOfDomain = seen -> seen.domain().equals(Optional.of(domain));
    if (hosts.values().stream().filter(isOfDomain).count() >= MOST_OF_A_DOMAIN) {
      return giveWay(isOfDomain, own);
    }
    boolean room = hosts.size() < MOST || giveWay(seen -> !seen.areTwo() || !isKept(seen, at), own);
    if (!room && !Ages.isRecent(warned, BETWEEN_WARNINGS, at)) {
      warned = at;
      LOGGER.warn(
          "{} is an MX host of {} at an address of ours, but {} such hosts are known already:"
              + " reports about it do not count unless domains lists it",
          host,
          domain,
          MOST);
    }
    return room;
  }

  /** Removes a host that may give way and that this look has not seen; false if there is none. */
  private boolean giveWay(Predicate<Sightings> may, Collection<DomainName> seenNow) {
    return hosts.entrySet().stream()
        .filter(one -> may.test(one.getValue()))
        .filter(one -> !seenNow.contains(one.getKey()) && !named.test(one.getKey()))
        .min(FIRST_TO_GO)
        .map(one -> hosts.remove(one.getKey()) != null)
        .orElse(false);
  }

  /** A host that was seen in the future, by a clock that was ahead, is kept. */
  private static boolean isKept(Sightings seen, Instant now) {
    return !seen.last().isBefore(now.minus(KEPT));
  }

  private Set<DomainName> ours(Instant now) {
    return hosts.entrySet().stream()
        .filter(host -> host.getValue().areTwo() && isKept(host.getValue(), now))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}
