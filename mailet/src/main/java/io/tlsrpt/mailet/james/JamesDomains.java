// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.james;

import io.tlsrpt.receiver.port.DomainsUnavailableException;
import io.tlsrpt.receiver.port.ServedDomains;
import io.tlsrpt.report.DomainName;
import java.net.IDN;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.james.core.Domain;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;

/**
 * The domains that James serves. Its list may have an internationalised domain as A-labels or as
 * Unicode, so both are looked up.
 */
public final class JamesDomains implements ServedDomains {
  private final Predicate<Domain> served;
  private final DomainList list;

  public JamesDomains(Predicate<Domain> served, DomainList list) {
    this.served = served;
    this.list = list;
  }

  @Override
  public boolean contains(DomainName domain) {
    return isServed(domain.value()) || isServed(IDN.toUnicode(domain.value()));
  }

  @Override
  public Set<DomainName> all() {
    try {
      return list.getDomains().stream()
          .flatMap(domain -> DomainName.parse(domain.asString()).stream())
          .collect(Collectors.toUnmodifiableSet());
    } catch (DomainListException | RuntimeException e) {
      throw new DomainsUnavailableException(e);
    }
  }

  private boolean isServed(String name) {
    Domain domain;
    try {
      domain = Domain.of(name);
    } catch (IllegalArgumentException e) {
      // James cannot serve such a name, for example one with a leading underscore.
      return false;
    }
    try {
      return served.test(domain);
    } catch (RuntimeException e) {
      // James wraps what the backend of its domain list throws.
      throw new DomainsUnavailableException(e);
    }
  }
}
