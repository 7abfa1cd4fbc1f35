// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.MtaStsMode;
import io.tlsrpt.report.PolicyDomain;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A domain as it is shown at one time: all values belong together.
 *
 * @param active headline sessions of the reports that are failing now
 * @param activeFailures what is failing now, by kind
 * @param oldestActiveFailure first failing day of the present spell
 * @param newestActiveFailure latest failing day of the present spell
 * @param mode the MTA-STS mode by vote of the reporters
 * @param reporters reporters heard of within the failure window
 */
public record DomainFigures(
    PolicyDomain domain,
    DomainTotals totals,
    SessionCounts active,
    FailureCounts activeFailures,
    Optional<LocalDate> oldestActiveFailure,
    Optional<LocalDate> newestActiveFailure,
    MtaStsMode mode,
    long reporters) {
  public DomainFigures {
    requireNonNull(domain, "domain");
    requireNonNull(totals, "totals");
    requireNonNull(active, "active");
    requireNonNull(activeFailures, "activeFailures");
    requireNonNull(oldestActiveFailure, "oldestActiveFailure");
    requireNonNull(newestActiveFailure, "newestActiveFailure");
    requireNonNull(mode, "mode");
  }

  /** Some failure of any kind is active. */
  public boolean failing() {
    return !activeFailures.isZero();
  }

  /** Active failures among the sessions of the very same reports, 0 to 1; 0 with none. */
  public double failureRatio() {
    return active.total() == 0 ? 0 : (double) active.failed() / active.total();
  }
}
