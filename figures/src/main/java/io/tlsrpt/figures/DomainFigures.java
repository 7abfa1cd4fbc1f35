// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A domain as it is shown at one time: all values belong together.
 *
 * @param active headline sessions of the reports that are failing now
 * @param activeFailures what is failing now, by kind
 * @param losingMail a failure is active for which senders keep mail back
 * @param oldestActiveFailure first failing day of the present incident
 * @param newestActiveFailure latest failing day of the present incident
 * @param mode the MTA-STS mode by vote of the reporters
 * @param reporters reporters heard of within the failure window
 * @param reportersOverdue reporters that are silent for longer than is usual for them
 * @param enforceBlockers what stands against mode enforce, in words; empty if nothing does
 * @param failures each kind of failure it has had
 */
public record DomainFigures(
    DomainName domain,
    DomainTotals totals,
    SessionCounts active,
    FailureCounts activeFailures,
    boolean losingMail,
    Optional<LocalDate> oldestActiveFailure,
    Optional<LocalDate> newestActiveFailure,
    MtaStsMode mode,
    long reporters,
    long reportersOverdue,
    List<String> enforceBlockers,
    List<FailureFigures> failures) {
  public DomainFigures {
    requireNonNull(domain, "domain");
    requireNonNull(totals, "totals");
    requireNonNull(active, "active");
    requireNonNull(activeFailures, "activeFailures");
    requireNonNull(oldestActiveFailure, "oldestActiveFailure");
    requireNonNull(newestActiveFailure, "newestActiveFailure");
    requireNonNull(mode, "mode");
    enforceBlockers = List.copyOf(enforceBlockers);
    failures = List.copyOf(failures);
  }

  /** The same with more that stands against mode enforce. */
  public DomainFigures withBlockers(List<String> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(enforceBlockers);
    all.addAll(more);
    return new DomainFigures(
        domain,
        totals,
        active,
        activeFailures,
        losingMail,
        oldestActiveFailure,
        newestActiveFailure,
        mode,
        reporters,
        reportersOverdue,
        all,
        failures);
  }

  /** By the data it is safe to go from mode testing to enforce. */
  public boolean enforceReady() {
    return enforceBlockers.isEmpty();
  }

  /** Reports speak of DANE, and none has spoken of an MTA-STS policy, ever or of late. */
  public boolean isKnownForDaneOnly() {
    return mode == MtaStsMode.UNKNOWN
        && totals.of(PolicyKind.TLSA).total() > 0
        && totals.of(PolicyKind.STS).total() == 0;
  }

  /** Some failure of any kind is active. */
  public boolean failing() {
    return !activeFailures.isZero();
  }

  /**
   * The share of failed sessions in the reports that are failing now, 0 to 1; 0 if there are none.
   */
  public double failureRatio() {
    return active.total() == 0 ? 0 : (double) active.failed() / active.total();
  }
}
