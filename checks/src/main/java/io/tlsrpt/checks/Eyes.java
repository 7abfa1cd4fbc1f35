// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import io.tlsrpt.checks.judgement.HostSight;
import io.tlsrpt.checks.judgement.ReportedFacts;
import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * One look at a domain or at an MX host, whenever it is asked for. Called by several threads at
 * once; a call takes as long as the DNS and the hosts take.
 */
interface Eyes {

  /** Looks at a domain; answers about its MX hosts may be that old. */
  DomainSight lookAt(DomainName domain, ReportedFacts facts, Duration maxAge);

  /** Looks at an MX host; {@code inForce}: senders judge its certificate by a policy. */
  HostSight lookAtHost(DomainName host, boolean inForce);

  /** Whether the server's resolver validates by DNSSEC; empty while that is not known. */
  Optional<Boolean> resolverValidates();

  /** Forgets what is known of these hosts, so that the next look asks again. */
  void forget(Collection<DomainName> hosts);

  /** Forgets what is known of all other hosts. */
  void retain(Set<DomainName> hosts);
}
