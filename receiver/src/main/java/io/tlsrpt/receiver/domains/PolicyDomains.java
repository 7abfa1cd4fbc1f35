// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.domains;

import io.tlsrpt.receiver.port.DomainsUnavailableException;
import io.tlsrpt.receiver.port.ServedDomains;
import io.tlsrpt.report.DomainName;
import java.util.Set;

/**
 * The domains whose reports count: those that the server serves, and those that the administrator
 * named. Anyone can name our address as the rua of any domain (RFC 8460 §7).
 */
public final class PolicyDomains {
  private final ServedDomains served;
  private final OurDomains named;

  /** Asks the server only about domains that the administrator did not name. */
  public PolicyDomains(ServedDomains served, Set<DomainPattern> named) {
    this.served = served;
    this.named = new OurDomains(Set.of(), named);
  }

  /**
   * Whether reports about a domain count.
   *
   * @throws DomainsUnavailableException if the server cannot tell
   */
  public boolean contains(DomainName domain) {
    return named.isNamed(domain) || served.contains(domain);
  }

  /**
   * All domains whose reports count, as they are now. Asks the server once.
   *
   * @throws DomainsUnavailableException if the server cannot tell
   */
  public OurDomains now() {
    return new OurDomains(served.all(), named.named());
  }
}
