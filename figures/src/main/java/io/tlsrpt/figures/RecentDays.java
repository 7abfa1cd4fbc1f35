// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The last 23 UTC days for which a domain has accepted reports, each with the failures of all its
 * reports.
 *
 * @param failures by day, in order
 */
public record RecentDays(Map<LocalDate, FailureCounts> failures) {
  static final RecentDays NONE = new RecentDays(Map.of());

  /**
   * Readiness asks for {@link EnforceReadiness#LOOK_BACK_DAYS}. A sender's clock may be ahead by a
   * day, and ours may have been wrong once: these two days push none of the others out.
   */
  private static final int KEPT = EnforceReadiness.LOOK_BACK_DAYS + 2;

  public RecentDays {
    failures = Map.copyOf(failures);
  }

  RecentDays plus(Contribution next) {
    TreeMap<LocalDate, FailureCounts> days = new TreeMap<>(failures);
    days.merge(next.day(), next.failures(), FailureCounts::plus);
    while (days.size() > KEPT) {
      days.pollFirstEntry();
    }
    return new RecentDays(days);
  }

  RecentDays correctedFor(Instant clock) {
    Map<LocalDate, FailureCounts> days = new HashMap<>(failures);
    days.keySet().removeIf(day -> ReceiptClock.isAhead(day, clock));
    return new RecentDays(days);
  }

  /** How many days after {@code day}, and up to {@code last}, have a report. */
  int reported(LocalDate day, LocalDate last) {
    int reported = 0;
    for (LocalDate known : failures.keySet()) {
      if (known.isAfter(day) && !known.isAfter(last)) {
        reported++;
      }
    }
    return reported;
  }

  /** The days after {@code day} that have failures. */
  Map<LocalDate, FailureCounts> failingAfter(LocalDate day) {
    Map<LocalDate, FailureCounts> failing = Map.of();
    for (Map.Entry<LocalDate, FailureCounts> known : failures.entrySet()) {
      if (known.getKey().isAfter(day) && !known.getValue().isZero()) {
        failing = failing.isEmpty() ? new TreeMap<>() : failing;
        failing.put(known.getKey(), known.getValue());
      }
    }
    return failing;
  }
}
