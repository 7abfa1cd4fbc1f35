// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.port;

import io.tlsrpt.report.PolicyDomain;
import java.util.Set;

/** The domains that the mail server serves. Asked by many threads at once. */
public interface ServedDomains {

  /**
   * Whether the server serves a domain.
   *
   * @throws DomainsUnavailableException if it cannot tell now
   */
  boolean contains(PolicyDomain domain);

  /**
   * All of them, as they are now.
   *
   * @throws DomainsUnavailableException if the server cannot tell now
   */
  Set<PolicyDomain> all();
}
