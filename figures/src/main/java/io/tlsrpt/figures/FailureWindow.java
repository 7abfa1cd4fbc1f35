// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a reported failure stays active when nothing newer of its reporter says otherwise:
 * longer than the longest usual gap between two reports, so that an alarm neither ends nor starts
 * again by a weekend.
 */
public record FailureWindow(Duration length) {
  /**
   * Usual gaps: 120 h over a long weekend for reporters that report only days with mail, and 168 h
   * plus delivery for weekly ones.
   */
  public static final FailureWindow DEFAULT = new FailureWindow(Duration.ofDays(8));

  /**
   * The latest usual delivery after the end of a range. A report that is later has a shorter
   * window, which the end of its range decides.
   */
  private static final Duration LATEST_DELIVERY = Duration.ofDays(2);

  public FailureWindow {
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("the failure window is not positive");
    }
  }

  /**
   * When failures cease to be active: the window after the receipt, but not later than the window
   * and the delivery after the end of the range.
   */
  Instant endFor(Instant lastReceipt, Instant endOfRange) {
    Instant byReceipt = lastReceipt.plus(length);
    Instant byRange = endOfRange.plus(length).plus(LATEST_DELIVERY);
    return byReceipt.isBefore(byRange) ? byReceipt : byRange;
  }
}
