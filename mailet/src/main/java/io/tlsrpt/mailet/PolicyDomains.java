// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.report.PolicyDomain;
import java.net.IDN;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.james.core.Domain;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;

/**
 * The domains whose reports count: those that the server serves, and those that the administrator
 * named. Anyone can name our address as the rua of any domain (RFC 8460 §7).
 */
final class PolicyDomains {
  private final Predicate<Domain> served;
  private final DomainList list;
  private final Set<DomainPattern> named;

  PolicyDomains(Predicate<Domain> served, DomainList list, Set<DomainPattern> named) {
    this.served = served;
    this.list = list;
    this.named = Set.copyOf(named);
  }

  /**
   * Whether reports about a domain count.
   *
   * @throws DomainsUnavailableException if the server cannot tell
   */
  boolean contains(PolicyDomain domain) {
    return isNamed(domain) || isServed(domain.value()) || isServed(IDN.toUnicode(domain.value()));
  }

  /**
   * The same for many domains, as it is now, with one question to the server.
   *
   * @throws DomainsUnavailableException if the server cannot tell
   */
  OurDomains now() {
    try {
      return new OurDomains(
          list.getDomains().stream()
              .flatMap(domain -> PolicyDomain.parse(domain.asString()).stream())
              .collect(Collectors.toUnmodifiableSet()),
          named);
    } catch (DomainListException | RuntimeException e) {
      throw new DomainsUnavailableException(e);
    }
  }

  private boolean isNamed(PolicyDomain domain) {
    return named.stream().anyMatch(pattern -> pattern.matches(domain));
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
