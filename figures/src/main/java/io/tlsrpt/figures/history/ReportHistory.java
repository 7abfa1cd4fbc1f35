// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.history;

import io.tlsrpt.report.DomainName;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;

/**
 * The stored reports. May be asked by many threads at once. Each question throws {@link
 * HistoryUnavailableException} if the reports cannot be read now, or not within a short time.
 */
public interface ReportHistory {

  /**
   * Passes the reports asked for to the reader, one after the other, in the order of {@link
   * Position#NEWEST_FIRST}.
   *
   * @param reader called for each report; returns whether it wants another one
   */
  void read(ReportQuery query, Predicate<StoredReport> reader);

  /**
   * All that one report says, of whichever domain of ours, in the order of domain names.
   *
   * @param id the {@link Position#report} of one of its contributions
   * @return empty if no such report is stored, or no longer
   */
  List<StoredReport> report(long id);

  /**
   * What was reported about a domain, day by day, in order; days without a report are left out.
   *
   * @param since the first day
   */
  List<ReportsOfDay> days(DomainName domain, LocalDate since);
}
