// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.domains;

import io.tlsrpt.receiver.port.DomainsUnavailableException;
import io.tlsrpt.receiver.port.ServedDomains;
import io.tlsrpt.report.DomainName;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The domains whose reports count: those that the server serves, those that the administrator
 * named, and as domains of TLSA policies our MX hosts (RFC 8460 §4.4). Anyone can name our address
 * as the rua of any domain (RFC 8460 §7).
 */
public final class PolicyDomains {
  private final ServedDomains served;
  private final OurDomains named;
  private final Supplier<Set<DomainName>> mxHosts;

  /**
   * Asks the server only about domains that the administrator did not name.
   *
   * @param mxHosts the MX hosts that are ours; asked often, so an answer must be at hand
   */
  public PolicyDomains(
      ServedDomains served, Set<DomainPattern> named, Supplier<Set<DomainName>> mxHosts) {
    this.served = served;
    this.named = new OurDomains(Set.of(), named, Set.of());
    this.mxHosts = mxHosts;
  }

  /**
   * Whether reports about a domain count, whatever the policy.
   *
   * @throws DomainsUnavailableException if the server cannot tell
   */
  public boolean contains(DomainName domain) {
    return named.isNamed(domain) || served.contains(domain);
  }

  /** Whether reports about TLSA policies of an MX host count. */
  public boolean isMxHost(DomainName host) {
    return mxHosts.get().contains(host);
  }

  /**
   * All domains of which reports count, as they are now. Asks the server once.
   *
   * @throws DomainsUnavailableException if the server cannot tell
   */
  public OurDomains now() {
    return new OurDomains(served.all(), named.named(), mxHosts.get());
  }
}
