// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.domains;

import io.tlsrpt.dns.OrganisationalDomain;
import io.tlsrpt.report.PolicyDomain;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells names that look like ours: below one of our domains, or below what one of them was
 * registered as. So is an MX host of ours called, as a rule, and a domain that somebody forgot to
 * name. May be used by many threads at once.
 */
final class NearOurs implements Predicate<PolicyDomain> {
  private final OurDomains ours;

  /** Made when it is needed: a server may serve thousands, and most reports name no others. */
  private volatile Set<String> organisations = Set.of();

  NearOurs(OurDomains ours) {
    this.ours = ours;
  }

  @Override
  public boolean test(PolicyDomain domain) {
    if (organisations.isEmpty()) {
      organisations = organisations(ours);
    }
    return organisations.contains(OrganisationalDomain.of(domain.value())) || isBelowOurs(domain);
  }

  private static Set<String> organisations(OurDomains ours) {
    return Stream.concat(ours.served().stream(), ours.named().stream().map(DomainPattern::domain))
        .map(domain -> OrganisationalDomain.of(domain.value()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Also where ours is a public suffix, below which everybody registers. */
  private boolean isBelowOurs(PolicyDomain domain) {
    String name = domain.value();
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      if (ours.served().contains(new PolicyDomain(name.substring(dot + 1)))) {
        return true;
      }
    }
    return false;
  }
}
