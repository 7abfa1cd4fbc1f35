// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import io.tlsrpt.checks.judgement.ReportedFacts;
import io.tlsrpt.report.DomainName;
import java.util.Collection;

/** The domains that are looked at. Asked by many threads at once; answers at once, from memory. */
public interface CheckedDomains {

  /** Those that are ours by exact name, at most as many as are monitored; those last known. */
  Collection<DomainName> all();

  /** Whether a domain is ours, so that an address in it is. */
  boolean isOurs(DomainName domain);

  /** What reports say of a domain. */
  ReportedFacts reported(DomainName domain);
}
