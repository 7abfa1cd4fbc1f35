// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportOutcome.Rejected;
import io.tlsrpt.store.NewReport;
import java.util.List;

/** A report of a mail on its way, when all that the world must be asked has been asked. */
sealed interface Step {
  /**
   * To be committed.
   *
   * @param contributions to the figures of our domains, at least one
   */
  record Ready(Readout.Report report, List<Contribution> contributions) implements Step {
    public Ready {
      contributions = List.copyOf(contributions);
    }

    NewReport toStore() {
      return new NewReport(
          report.identity(), ReportContent.of(report.received()), report.received(), contributions);
    }
  }

  record Ended(Rejected why) implements Step {}
}
