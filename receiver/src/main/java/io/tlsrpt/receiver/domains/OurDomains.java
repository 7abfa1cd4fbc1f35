// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.domains;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.DomainStanding;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The domains whose reports count, as they were when the server was asked.
 *
 * @param served the domains that the server serves
 * @param named what the administrator named
 */
public record OurDomains(Set<DomainName> served, Set<DomainPattern> named)
    implements Predicate<DomainName> {
  public OurDomains {
    served = Set.copyOf(served);
    named = Set.copyOf(named);
  }

  @Override
  public boolean test(DomainName domain) {
    return served.contains(domain) || isNamed(domain);
  }

  /** How firmly a domain is ours. */
  public DomainStanding standing(DomainName domain) {
    if (served.contains(domain) || named.contains(new DomainPattern(domain, false))) {
      return DomainStanding.NAMED;
    }
    return isNamed(domain) ? DomainStanding.BY_PATTERN : DomainStanding.NOT_OURS;
  }

  boolean isNamed(DomainName domain) {
    return named.stream().anyMatch(pattern -> pattern.matches(domain));
  }
}
