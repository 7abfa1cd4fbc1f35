// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import io.tlsrpt.report.MtaStsMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether the data say that a domain in mode testing can go to enforce, and if not, why. */
final class EnforceReadiness {
  /** The last days, today included, in which reports are counted. */
  static final int LOOK_BACK_DAYS = 21;

  /** How many of these {@link #LOOK_BACK_DAYS} must have a report. */
  private static final int REPORTED_DAYS = 14;

  /** The last days, today included, without a failure, and in which reporters are counted. */
  static final int CLEAN_DAYS = 14;

  private static final int REPORTERS = 2;

  private EnforceReadiness() {}

  /** What stands against it, in words with figures; empty if nothing does. */
  static List<String> blockers(
      MtaStsMode mode, RecentDays recent, long reporters, LocalDate today) {
    List<String> blockers = new ArrayList<>();
    if (mode != MtaStsMode.TESTING) {
      blockers.add("the policy mode is " + mode.key() + ", not testing");
    }
    // A sender's clock may be ahead: tomorrow is not counted here, but its failures are below.
    int reported = recent.reported(today.minusDays(LOOK_BACK_DAYS), today);
    if (reported < REPORTED_DAYS) {
      blockers.add(
          "reports for %d of the last %d days; %d are needed"
              .formatted(reported, LOOK_BACK_DAYS, REPORTED_DAYS));
    }
    if (reporters < REPORTERS) {
      blockers.add(
          "reporters in the last %d days: %d; %d are needed"
              .formatted(CLEAN_DAYS, reporters, REPORTERS));
    }
    blockers.addAll(failures(recent.failingAfter(today.minusDays(CLEAN_DAYS))));
    return List.copyOf(blockers);
  }

  private static List<String> failures(Map<LocalDate, FailureCounts> days) {
    if (days.isEmpty()) {
      return List.of();
    }
    FailureCounts sum = days.values().stream().reduce(FailureCounts.NONE, FailureCounts::plus);
    return sum.kinds().stream()
        // MTA-STS does not ask for DANE: what fails there will not fail more in mode enforce.
        .filter(kind -> !kind.isOfDane())
        .map(
            kind ->
                "failed sessions in the last %d days: %d %s, the latest on %s"
                    .formatted(CLEAN_DAYS, sum.of(kind), kind.key(), latest(days, kind)))
        .toList();
  }

  private static LocalDate latest(Map<LocalDate, FailureCounts> days, FailureKind kind) {
    return days.entrySet().stream()
        .filter(day -> day.getValue().of(kind) > 0)
        .map(Map.Entry::getKey)
        .max(LocalDate::compareTo)
        .orElseThrow();
  }
}
