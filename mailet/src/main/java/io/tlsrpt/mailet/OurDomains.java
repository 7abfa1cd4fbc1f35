// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.report.PolicyDomain;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The domains whose reports count, as they were when the server was asked.
 *
 * @param served those that it serves
 * @param named what the administrator named
 */
record OurDomains(Set<PolicyDomain> served, Set<DomainPattern> named)
    implements Predicate<PolicyDomain> {
  static final OurDomains NONE = new OurDomains(Set.of(), Set.of());

  OurDomains {
    served = Set.copyOf(served);
    named = Set.copyOf(named);
  }

  @Override
  public boolean test(PolicyDomain domain) {
    return served.contains(domain) || isNamed(domain);
  }

  boolean isNamed(PolicyDomain domain) {
    return named.stream().anyMatch(pattern -> pattern.matches(domain));
  }
}
