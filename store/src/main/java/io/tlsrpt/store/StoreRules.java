// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.report.DomainName;
import java.util.function.Predicate;

/**
 * The rules by which reports become states.
 *
 * @param window how long a failure is active
 * @param isCounted whether the reports of a reporter make up the current figures; totals keep all
 */
public record StoreRules(
    StoreLimits limits, FailureWindow window, Predicate<DomainName> isCounted) {
  public StoreRules {
    requireNonNull(limits, "limits");
    requireNonNull(window, "window");
    requireNonNull(isCounted, "isCounted");
  }
}
