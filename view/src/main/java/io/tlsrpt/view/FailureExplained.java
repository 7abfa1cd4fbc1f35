// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.guide.FailureAdvice;
import io.tlsrpt.figures.guide.FailureGuide;
import io.tlsrpt.report.DomainName;

/**
 * One kind of failure of a domain, and what is known of that kind.
 *
 * @param domain that has it
 */
public record FailureExplained(DomainName domain, FailureFigures failure) {
  public FailureExplained {
    requireNonNull(domain, "domain");
    requireNonNull(failure, "failure");
  }

  /** Explanation and remedy with the domain's name, and that of the first MX host that failed. */
  public FailureAdvice advice() {
    return FailureGuide.of(failure.kind())
        .about(domain, failure.receivingMx().stream().findFirst());
  }

  public boolean isActive() {
    return failure.activeSessions() > 0;
  }
}
