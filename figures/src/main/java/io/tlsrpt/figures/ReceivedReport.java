// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.TlsReport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A report as it came in.
 *
 * @param reporter the domain that answers for the report
 * @param receivedAt our clock at the intake of its mail
 * @param retention how long reports are kept
 */
public record ReceivedReport(
    DomainName reporter, Instant receivedAt, TlsReport report, Duration retention) {
  /** Stands for a reporter that has no name. */
  public static final DomainName UNKNOWN_REPORTER = new DomainName("unknown.invalid");

  /** A year, and a month in which to look back on it. */
  public static final Duration DEFAULT_RETENTION = Duration.ofDays(400);

  /** The longest range that is believed: a month and a day. */
  public static final Duration LONGEST_RANGE = Duration.ofDays(32);

  private static final Duration CLOCKS_APART = Duration.ofDays(1);

  public ReceivedReport {
    requireNonNull(reporter, "reporter");
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(report, "report");
    requireNonNull(retention, "retention");
  }

  /** The report's range, or the day of receipt in the place of one that is unreadable or absurd. */
  public DateRange range() {
    return report.dateRange().filter(range -> !isAbsurd(range)).orElseGet(this::dayOfReceipt);
  }

  /** Whether the report states a range that cannot be true. */
  public boolean hasAbsurdRange() {
    return report.dateRange().filter(this::isAbsurd).isPresent();
  }

  /**
   * Whether its range ended longer ago than reports are kept. Nobody can tell then whether it has
   * been counted before.
   */
  public boolean isTooOld() {
    return report
        .dateRange()
        .filter(range -> range.endDatetime().isBefore(receivedAt.minus(retention)))
        .isPresent();
  }

  /**
   * Whether the report was received so long after the end of its range that its failures do not
   * become active.
   */
  public boolean isLate(FailureWindow window) {
    return !receivedAt.isBefore(window.endFor(receivedAt, range().endDatetime()));
  }

  private boolean isAbsurd(DateRange range) {
    Instant start = range.startDatetime();
    Instant end = range.endDatetime();
    return end.isBefore(start)
        || end.isAfter(start.plus(LONGEST_RANGE))
        || start.isAfter(receivedAt.plus(CLOCKS_APART));
  }

  private DateRange dayOfReceipt() {
    return dayOf(receivedAt);
  }

  static DateRange dayOf(Instant receipt) {
    Instant midnight = receipt.truncatedTo(ChronoUnit.DAYS);
    return new DateRange(midnight, midnight.plus(Duration.ofDays(1)).minusSeconds(1));
  }
}
