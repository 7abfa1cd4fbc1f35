// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.TlsReport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A report as it came in.
 *
 * @param reporter the domain that answers for the report
 * @param receivedAt our clock at the intake of its mail
 */
public record ReceivedReport(String reporter, Instant receivedAt, TlsReport report) {
  private static final Duration LONGEST_RANGE = Duration.ofDays(32);
  private static final Duration CLOCKS_APART = Duration.ofDays(1);
  private static final Duration OLDEST = Duration.ofDays(400);

  public ReceivedReport {
    requireNonNull(reporter, "reporter");
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(report, "report");
  }

  /** The report's range, or the day of receipt in the place of one that is unreadable or absurd. */
  public DateRange range() {
    return report.dateRange().filter(range -> !isAbsurd(range)).orElseGet(this::dayOfReceipt);
  }

  /** Whether the report states a range that cannot be true. */
  public boolean hasAbsurdRange() {
    return report.dateRange().filter(this::isAbsurd).isPresent();
  }

  /** Whether it comes so long after its range that its failures are none of now. */
  public boolean isLate(FailureWindow window) {
    return !receivedAt.isBefore(window.endFor(receivedAt, range().endDatetime()));
  }

  private boolean isAbsurd(DateRange range) {
    Instant start = range.startDatetime();
    Instant end = range.endDatetime();
    return end.isBefore(start)
        || end.isAfter(start.plus(LONGEST_RANGE))
        || start.isAfter(receivedAt.plus(CLOCKS_APART))
        || end.isBefore(receivedAt.minus(OLDEST));
  }

  private DateRange dayOfReceipt() {
    Instant midnight = receivedAt.truncatedTo(ChronoUnit.DAYS);
    return new DateRange(midnight, midnight.plus(Duration.ofDays(1)).minusSeconds(1));
  }
}
