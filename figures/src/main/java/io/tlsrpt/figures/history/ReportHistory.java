// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.history;

import java.util.function.Predicate;

/** The reports that are kept. May be asked by many threads at once. */
@FunctionalInterface
public interface ReportHistory {

  /**
   * Hands over what is asked for, the last received first, one after the other.
   *
   * @param reader says whether it wants more
   * @throws HistoryUnavailableException if they cannot be read now, or not in a short time
   */
  void read(ReportQuery query, Predicate<KeptReport> reader);
}
