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
  /** Mail-day reporters over a long weekend take 120 h, weekly ones 168 h and delivery. */
  public static final FailureWindow DEFAULT = new FailureWindow(Duration.ofDays(8));

  /** A report that comes later than this after its range's end does not make old failures new. */
  private static final Duration DELIVERY = Duration.ofDays(2);

  public FailureWindow {
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("the failure window is not positive");
    }
  }

  Instant endFor(Instant lastReceipt, Instant endOfRange) {
    Instant byReceipt = lastReceipt.plus(length);
    Instant byRange = endOfRange.plus(length).plus(DELIVERY);
    return byReceipt.isBefore(byRange) ? byReceipt : byRange;
  }
}
