// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import io.tlsrpt.figures.Interner;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.report.DomainName;

/** Names of reporters as the tables have them. */
public final class ReporterName {
  private ReporterName() {}

  /**
   * The name of a reporter as it was stored. Every release has stored names of domains only. So any
   * other text was damaged, and stands for an unknown reporter: its reports can still be read.
   */
  public static DomainName of(String stored) {
    return Interner.REPORTERS.of(DomainName.parse(stored).orElse(ReceivedReport.UNKNOWN_REPORTER));
  }
}
