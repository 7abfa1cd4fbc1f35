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
 * @param mxHosts MX hosts of ours, of which reports may speak by their names
 */
public record OurDomains(Set<DomainName> served, Set<DomainPattern> named, Set<DomainName> mxHosts)
    implements Predicate<DomainName> {
  public OurDomains {
    served = Set.copyOf(served);
    named = Set.copyOf(named);
    mxHosts = Set.copyOf(mxHosts);
  }

  @Override
  public boolean test(DomainName domain) {
    return standing(domain) != DomainStanding.NOT_OURS;
  }

  /** How firmly a domain is ours. */
  public DomainStanding standing(DomainName domain) {
    if (served.contains(domain) || named.contains(new DomainPattern(domain, false))) {
      return DomainStanding.NAMED;
    }
    return isNamed(domain) || mxHosts.contains(domain)
        ? DomainStanding.UNLISTED
        : DomainStanding.NOT_OURS;
  }

  boolean isNamed(DomainName domain) {
    return named.stream().anyMatch(pattern -> pattern.matches(domain));
  }
}
