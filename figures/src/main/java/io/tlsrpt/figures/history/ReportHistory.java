// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.history;

import java.util.function.Predicate;

/** The stored reports. May be asked by many threads at once. */
@FunctionalInterface
public interface ReportHistory {

  /**
   * Passes the reports asked for to the reader, one after the other, the last received first.
   *
   * @param reader called for each report; returns whether it wants another one
   * @throws HistoryUnavailableException if the reports cannot be read now, or not within a short
   *     time
   */
  void read(ReportQuery query, Predicate<StoredReport> reader);
}
