// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportOutcome.Rejected;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.store.NewReport;
import java.util.List;

/** A report of a mail on its way, when all that the world must be asked has been asked. */
sealed interface Step {
  /** The policy domains that it speaks of and that are not ours. */
  ForeignDomains foreign();

  /**
   * To be committed.
   *
   * @param contributions to the figures of our domains, at least one
   */
  record Ready(Readout.Report report, List<Contribution> contributions, ForeignDomains foreign)
      implements Step {
    public Ready {
      contributions = List.copyOf(contributions);
    }

    Deviations deviations() {
      return foreign.notedIn(report.deviations());
    }

    NewReport toStore() {
      return new NewReport(
          report.identity(), ReportContent.of(report.received()), report.received(), contributions);
    }
  }

  record Ended(Rejected why, ForeignDomains foreign) implements Step {}
}
