// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;

/**
 * All reports of one reporter about one domain and one UTC day, added up: a day may come in parts.
 *
 * @param headline sessions
 * @param failures failed sessions by kind
 * @param lastReceipt receipt of the day's last report
 * @param endOfRange the latest end among the day's reports
 */
public record ReportedDay(
    LocalDate day,
    SessionCounts headline,
    FailureCounts failures,
    Instant lastReceipt,
    Instant endOfRange) {
  private static final Interner<Instant> ENDS = new Interner<>();

  public ReportedDay {
    requireNonNull(day, "day");
    requireNonNull(headline, "headline");
    requireNonNull(failures, "failures");
    requireNonNull(lastReceipt, "lastReceipt");
    // Interned: most ranges end at midnight, so few values stand in many states.
    endOfRange = ENDS.of(requireNonNull(endOfRange, "endOfRange"));
  }

  static ReportedDay of(Contribution part) {
    return new ReportedDay(
        part.day(),
        part.headline(),
        part.failures(),
        part.receivedAt(),
        part.dateRange().endDatetime());
  }

  ReportedDay plus(Contribution part) {
    return new ReportedDay(
        day,
        headline.plus(part.headline()),
        failures.plus(part.failures()),
        later(lastReceipt, part.receivedAt()),
        later(endOfRange, part.dateRange().endDatetime()));
  }

  ReportedDay correctedFor(Instant clock) {
    return new ReportedDay(
        day, headline, failures, ReceiptClock.believed(lastReceipt, clock), endOfRange);
  }

  /** Whether the day has failures that are active at this time. */
  boolean isActive(Instant now, FailureWindow window) {
    return (headline.failed() > 0 || !failures.isZero())
        && now.isBefore(window.endFor(lastReceipt, endOfRange));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
