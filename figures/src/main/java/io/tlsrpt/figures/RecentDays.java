// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/**
 * The last three weeks of a domain: the UTC days that accepted reports speak of, each with the
 * failures of all its reports.
 *
 * @param failures by day, in order
 */
public record RecentDays(Map<LocalDate, FailureCounts> failures) {
  static final RecentDays NONE = new RecentDays(Map.of());

  /** As many as are ever asked for, and one that a sender's clock may be ahead. */
  private static final int KEPT = EnforceReadiness.DAYS + 1;

  public RecentDays {
    failures = Map.copyOf(failures);
  }

  RecentDays plus(Contribution next) {
    TreeMap<LocalDate, FailureCounts> days = new TreeMap<>(failures);
    days.merge(next.day(), next.failures(), FailureCounts::plus);
    days.headMap(days.lastKey().minusDays(KEPT), true).clear();
    return new RecentDays(days);
  }

  /** The days after {@code day}. */
  Map<LocalDate, FailureCounts> after(LocalDate day) {
    return new TreeMap<>(failures).tailMap(day, false);
  }
}
