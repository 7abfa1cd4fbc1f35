// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.report.DomainName;

/** A reporter of a policy domain. */
public record DomainReporter(DomainName domain, DomainName reporter) {
  public DomainReporter {
    requireNonNull(domain, "domain");
    requireNonNull(reporter, "reporter");
  }

  static DomainReporter of(Contribution contribution) {
    return new DomainReporter(contribution.domain(), contribution.reporter());
  }
}
