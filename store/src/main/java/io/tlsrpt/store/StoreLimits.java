// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.RejectionReason;
import io.tlsrpt.figures.ReportOutcome.Rejected;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.report.PolicyDomain;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * For how much there is a place.
 *
 * @param maxDomains domains at most
 * @param reporters of each of them at most
 */
public record StoreLimits(int maxDomains, ReporterLimit reporters) {
  /**
   * Reports of one reporter about one domain and day, by the start of their range: twenty times
   * what comes of those that send one an hour.
   */
  static final int REPORTS_OF_A_DAY = 500;

  public StoreLimits {
    requireNonNull(reporters, "reporters");
    if (maxDomains < 1) {
      throw new IllegalArgumentException("no place for any domain");
    }
  }

  /** Why there is no place for a report, if there is none. */
  Optional<Rejected> refusal(
      List<Contribution> contributions, Map<PolicyDomain, DomainState> domains) {
    int added = 0;
    for (Contribution contribution : contributions) {
      DomainState known = domains.get(contribution.domain());
      if (known == null && domains.size() + ++added > maxDomains) {
        return refusal(
            RejectionReason.DOMAIN_LIMIT,
            contribution.domain() + " would be one more than maxDomains = " + maxDomains);
      }
      if (known != null
          && !known.admits(contribution.reporter(), contribution.receivedAt(), reporters)) {
        return refusal(
            RejectionReason.REPORTER_LIMIT,
            contribution.reporter()
                + " would be one more reporter of "
                + contribution.domain()
                + " than maxReporters = "
                + reporters.perDomain()
                + ", or than "
                + ReporterLimit.PER_ORGANISATION
                + " of one organisation");
      }
    }
    return Optional.empty();
  }

  /** Why there is no place for a report on a day that has all its reports. */
  static Rejected dayIsFull(Contribution said) {
    return new Rejected(
        RejectionReason.REPORT_LIMIT,
        said.reporter()
            + " has sent "
            + REPORTS_OF_A_DAY
            + " reports about "
            + said.domain()
            + " and "
            + said.day()
            + " already");
  }

  private static Optional<Rejected> refusal(RejectionReason reason, String detail) {
    return Optional.of(new Rejected(reason, detail));
  }
}
