// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReporterState;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.StoreLimits;
import java.util.Map;

/**
 * Limits how many reports a reporter can send about one domain and day, so that nobody fills the
 * disk. A day has a row only once it has a second report.
 */
final class ReporterDays {
  private final Known known;
  private final Map<DomainName, DomainState> states;

  /**
   * Counts, and asks the states for the first report of a day.
   *
   * @param states before the report that is added; a view
   */
  ReporterDays(Known known, Map<DomainName, DomainState> states) {
    this.known = known;
    this.states = states;
  }

  /**
   * Counts a report of a domain and day; false, and not counted, if that day has all its reports.
   */
  boolean count(Contribution contribution) {
    if (isFirstOfItsDay(contribution, states)) {
      return true;
    }
    ReporterDay day = ReporterDay.of(contribution);
    // No row means one report: the first one is taken for granted.
    int reports = Math.max(known.reportsOf(day), 1);
    if (reports >= StoreLimits.REPORTS_OF_A_DAY) {
      return false;
    }
    known.change(day, reports + 1);
    return true;
  }

  /**
   * Whether its day is later than all days that the reporter reported before; then it needs no row.
   * The first report of a day that was skipped is counted as if it were the second, so that such a
   * day takes one report less.
   */
  static boolean isFirstOfItsDay(Contribution contribution, Map<DomainName, DomainState> states) {
    DomainState domain = states.get(contribution.domain());
    ReporterState reporter =
        domain == null ? null : domain.reporters().get(contribution.reporter());
    return reporter == null || contribution.day().isAfter(reporter.newestDay());
  }
}
