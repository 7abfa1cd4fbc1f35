// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.port;

import io.tlsrpt.report.DomainName;
import java.util.Set;

/** The domains that the mail server serves. Asked by many threads at once. */
public interface ServedDomains {

  /**
   * Whether the server serves a domain.
   *
   * @throws DomainsUnavailableException if it cannot tell now
   */
  boolean contains(DomainName domain);

  /**
   * All of them, as they are now.
   *
   * @throws DomainsUnavailableException if the server cannot tell now
   */
  Set<DomainName> all();
}
