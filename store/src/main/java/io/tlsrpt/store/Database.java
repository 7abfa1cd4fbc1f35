// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.report.DomainName;
import java.time.InstantSource;
import java.util.function.Predicate;

/** Where a store keeps its reports. Nothing is opened before {@link #open}. */
public interface Database {

  /**
   * Opens a store; if the database cannot be used now, {@link ReportStore#health} says why.
   *
   * @param isCounted whether the reports of a reporter make up the current figures; totals keep all
   */
  ReportStore open(
      StoreLimits limits,
      FailureWindow window,
      Predicate<DomainName> isCounted,
      InstantSource clock);
}
