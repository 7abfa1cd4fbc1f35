// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome.Accepted;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.receiver.domains.ForeignDomains;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.StoreOutcome;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A report that is ready to be committed.
 *
 * @param contributions to the figures of our domains, at least one
 * @param foreign the policy domains that it speaks of and that are not ours
 */
record ReadyReport(ReadReport report, List<Contribution> contributions, ForeignDomains foreign) {
  ReadyReport {
    contributions = List.copyOf(contributions);
  }

  Deviations deviations() {
    return foreign.notedIn(report.deviations());
  }

  /**
   * The outcome once stored. It names what was left out: domains not ours, and what found no place.
   */
  Accepted accepted(StoreOutcome.Stored stored) {
    Deviations all = deviations();
    if (stored.contentKnown()) {
      all = all.plus(Deviation.POSSIBLE_RESEND);
    }
    for (Rejected why : stored.leftOut()) {
      all = all.plus(leftOutBy(why.reason()));
    }
    String details =
        Stream.concat(Stream.of(foreign.leftOut()), stored.leftOut().stream().map(Rejected::detail))
            .filter(detail -> !detail.isEmpty())
            .collect(Collectors.joining("; "));
    return new Accepted(all, details);
  }

  private static Deviation leftOutBy(RejectionReason reason) {
    return switch (reason) {
      case DOMAIN_LIMIT -> Deviation.DOMAIN_LIMIT;
      case REPORTER_LIMIT -> Deviation.REPORTER_LIMIT;
      case REPORT_LIMIT -> Deviation.REPORT_LIMIT;
      default -> throw new IllegalStateException(reason + " is no limit of the store");
    };
  }

  NewReport toStore() {
    return new NewReport(
        report.identity(),
        ReportContent.of(report.received()),
        report.received().report().reportId(),
        contributions);
  }
}
