// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.domains;

import io.tlsrpt.dns.OrganisationalDomain;
import io.tlsrpt.report.DomainName;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recognises names that look like ours: below one of our domains, or in the registrable domain of
 * one. Our MX hosts usually have such names, and so has a domain that the administrator forgot. May
 * be used by many threads at once.
 */
final class NearOurs implements Predicate<DomainName> {
  private final OurDomains ours;

  /**
   * Computed when first needed: a server may serve thousands of domains, and most reports name no
   * other.
   */
  private volatile Set<DomainName> organisations = Set.of();

  NearOurs(OurDomains ours) {
    this.ours = ours;
  }

  @Override
  public boolean test(DomainName domain) {
    if (organisations.isEmpty()) {
      organisations = organisations(ours);
    }
    return organisations.contains(OrganisationalDomain.of(domain)) || isBelowOurs(domain);
  }

  private static Set<DomainName> organisations(OurDomains ours) {
    return Stream.concat(ours.served().stream(), ours.named().stream().map(DomainPattern::domain))
        .map(OrganisationalDomain::of)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a name is below a domain of ours, even one that is a public suffix. */
  private boolean isBelowOurs(DomainName domain) {
    String name = domain.value();
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      if (ours.served().contains(new DomainName(name.substring(dot + 1)))) {
        return true;
      }
    }
    return false;
  }
}
