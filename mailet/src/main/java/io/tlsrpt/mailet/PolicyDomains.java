// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.report.PolicyDomain;
import java.net.IDN;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.james.core.Domain;

/**
 * The domains whose reports count: those that the server serves, and those that the administrator
 * named. Anyone can name our address as the rua of any domain (RFC 8460 §7).
 */
final class PolicyDomains {
  private final Predicate<Domain> served;
  private final Set<DomainPattern> named;

  PolicyDomains(Predicate<Domain> served, Set<DomainPattern> named) {
    this.served = served;
    this.named = Set.copyOf(named);
  }

  /**
   * Whether reports about a domain count.
   *
   * @throws DomainsUnavailableException if the server cannot tell
   */
  boolean contains(PolicyDomain domain) {
    return named.stream().anyMatch(pattern -> pattern.matches(domain))
        || isServed(domain.value())
        || isServed(IDN.toUnicode(domain.value()));
  }

  private boolean isServed(String name) {
    Domain domain;
    try {
      domain = Domain.of(name);
    } catch (IllegalArgumentException e) {
      // No name that James could serve, such as one with a leading underscore.
      return false;
    }
    try {
      return served.test(domain);
    } catch (RuntimeException e) {
      // James wraps whatever its domain list's backend throws.
      throw new DomainsUnavailableException(e);
    }
  }
}
