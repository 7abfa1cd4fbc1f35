// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.report.DomainName;
import java.util.function.Function;

/**
 * How many domains, reporters and reports a store has places for.
 *
 * @param maxDomains the most domains that are ours
 * @param reporters the most reporters of each domain
 * @param standing gives the present standing of any domain; must answer at once
 */
public record StoreLimits(
    int maxDomains, ReporterLimit reporters, Function<DomainName, DomainStanding> standing) {
  /**
   * The most reports of one reporter about one domain and one day, the UTC day on which their range
   * starts. Twenty times as many as a reporter sends that reports every hour.
   */
  public static final int REPORTS_OF_A_DAY = 500;

  public StoreLimits {
    requireNonNull(reporters, "reporters");
    requireNonNull(standing, "standing");
    if (maxDomains < 1) {
      throw new IllegalArgumentException("no place for any domain");
    }
  }

  Rejected domainTooMany(DomainName domain) {
    return new Rejected(
        RejectionReason.DOMAIN_LIMIT,
        domain + " has no place: maxDomains = " + maxDomains + " is reached");
  }

  Rejected newDomainTooMany(DomainName domain, DomainName organisation) {
    return new Rejected(
        RejectionReason.DOMAIN_LIMIT,
        "no list has %s by its name, and %s has named %d such new domains today"
            .formatted(domain, organisation, NewDomains.MOST));
  }

  Rejected reporterTooMany(Contribution contribution) {
    return new Rejected(
        RejectionReason.REPORTER_LIMIT,
        contribution.reporter()
            + " has no place: "
            + contribution.domain()
            + " has maxReporters = "
            + reporters.perDomain()
            + " reporters already, or "
            + ReporterLimit.PER_ORGANISATION
            + " of this organisation");
  }

  /** The refusal of a report about a day that already has {@link #REPORTS_OF_A_DAY}. */
  public static Rejected dayIsFull(Contribution contribution) {
    return new Rejected(
        RejectionReason.REPORT_LIMIT,
        contribution.reporter()
            + " has sent "
            + REPORTS_OF_A_DAY
            + " reports about "
            + contribution.domain()
            + " and "
            + contribution.day()
            + " already");
  }
}
