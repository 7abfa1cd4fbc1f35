// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.ReportOutcome.Rejected;
import io.tlsrpt.report.Deviations;

/** What was read of a body part. */
sealed interface Readout {
  record Report(ReceivedReport received, ReportIdentity identity, Deviations deviations)
      implements Readout {}

  record Refused(Rejected why) implements Readout {}
}
