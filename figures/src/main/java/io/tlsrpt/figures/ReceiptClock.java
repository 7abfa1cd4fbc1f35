// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Tells the time although the clock may have been wrong, or is wrong now. Stored times of receipt
 * are the evidence. If the latest one is at most a day ahead of the clock, the clock was set back,
 * and the latest receipt is the time. If it is further ahead, an earlier clock was wrong, and the
 * present clock is believed.
 */
public final class ReceiptClock {
  /** How far a receipt may lie ahead of the clock before it is taken for a mistake. */
  public static final Duration TOLERANCE = Duration.ofDays(1);

  private ReceiptClock() {}

  /**
   * The present time. If the clock is set back by a day at most, it is the last receipt, so that no
   * expired failure becomes active again.
   */
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
   * Whether a day of a range lies so far ahead that our clock must have been wrong. The limit is
   * two days, because a sender's clock may be ahead by a day as well.
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
