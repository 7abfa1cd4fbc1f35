// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.PolicyDomain;
import java.util.Optional;

/** What was read of a mail. */
sealed interface Readout {
  /**
   * A report.
   *
   * @param headerDomain the domain that the mail's signed header names, for entries that name none
   * @param headerIsUnsigned whether the header names one that no signature covers
   * @param size of its JSON, in bytes
   */
  record Report(
      ReceivedReport received,
      ReportIdentity identity,
      Deviations deviations,
      Optional<PolicyDomain> headerDomain,
      boolean headerIsUnsigned,
      long size)
      implements Readout {}

  record Refused(Rejected why) implements Readout {}
}
