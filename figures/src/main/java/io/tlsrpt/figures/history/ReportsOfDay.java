// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.history;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.FailureCounts;
import io.tlsrpt.figures.SessionCounts;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * What stored reports say of a domain and a day.
 *
 * @param day the UTC day on which the reports' ranges start, as in {@link Contribution#day()}
 * @param sessions headline sessions
 * @param failures failed sessions by kind
 */
public record ReportsOfDay(
    LocalDate day, long reports, SessionCounts sessions, FailureCounts failures) {
  public ReportsOfDay {
    requireNonNull(day, "day");
    requireNonNull(sessions, "sessions");
    requireNonNull(failures, "failures");
  }

  /** What one report says. */
  public static ReportsOfDay of(Contribution contribution) {
    return new ReportsOfDay(
        contribution.day(), 1, contribution.headline(), contribution.failures());
  }

  /** Adds up what is said of the same day; in the order of days. */
  public static List<ReportsOfDay> sums(Collection<ReportsOfDay> parts) {
    TreeMap<LocalDate, ReportsOfDay> sums = new TreeMap<>();
    parts.forEach(part -> sums.merge(part.day(), part, ReportsOfDay::plus));
    return List.copyOf(sums.values());
  }

  private ReportsOfDay plus(ReportsOfDay other) {
    return new ReportsOfDay(
        day, reports + other.reports, sessions.plus(other.sessions), failures.plus(other.failures));
  }
}
