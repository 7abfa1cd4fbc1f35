// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Looks that saw an MX host at an address of ours: the first and the last of them.
 *
 * @param domain whose MX host it is; empty once it is that of several
 */
record Sightings(Instant first, Instant last, Optional<DomainName> domain) {
  private static final Duration APART = Duration.ofMinutes(10);

  Sightings {
    requireNonNull(first, "first");
    requireNonNull(last, "last");
    requireNonNull(domain, "domain");
  }

  static Sightings one(DomainName domain, Instant at) {
    return new Sightings(at, at, Optional.of(domain));
  }

  /**
   * With one more look. If the clock was set back meanwhile, a host that two looks have seen stays
   * such a host, and the one look that saw another host counts as a look of now.
   */
  Sightings and(DomainName other, Instant at) {
    Instant latestFirst = areTwo() ? at.minus(APART) : at;
    return new Sightings(
        first.isBefore(latestFirst) ? first : latestFirst, at, domain.filter(other::equals));
  }

  /** Two looks that are ten minutes apart. */
  boolean areTwo() {
    return Duration.between(first, last).compareTo(APART) >= 0;
  }
}
