// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What time it is, by a clock that may have been wrong, or be wrong now. Times of receipt that are
 * stored tell: time goes on, so it is not before the latest of them. But should that one lie more
 * than a day ahead, then a clock that was ahead has written it, and the clock of now is believed.
 */
public final class ReceiptClock {
  /** By so much clocks are set back without anybody minding. */
  public static final Duration TOLERANCE = Duration.ofDays(1);

  private ReceiptClock() {}

  /** The time it is, so that a clock which is set back a little revives nothing. */
  public static Instant now(Instant clock, Instant lastReceipt) {
    return lastReceipt.isAfter(clock) && !isAhead(lastReceipt, clock) ? lastReceipt : clock;
  }

  /** Whether a time of receipt and the clock contradict each other. */
  public static boolean isAhead(Instant receipt, Instant clock) {
    return receipt.isAfter(clock.plus(TOLERANCE));
  }

  /** A time of receipt as it is believed: one that lies ahead counts as now. */
  static Instant believed(Instant receipt, Instant clock) {
    return isAhead(receipt, clock) ? clock : receipt;
  }

  /**
   * Whether a day of a range lies so far ahead that a wrong clock must have had a part in it. A
   * sender's clock may be ahead by a day as well.
   */
  static boolean isAhead(LocalDate day, Instant clock) {
    return day.isAfter(day(clock.plus(TOLERANCE.multipliedBy(2))));
  }

  /** A day of a range as it is believed. */
  static LocalDate believed(LocalDate day, Instant clock) {
    return isAhead(day, clock) ? day(clock) : day;
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
