// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The last 8 gaps, in days, between the days on which a reporter was heard of. Several reports on
 * one UTC day make no gap, since many reports come in parts.
 *
 * @param packed a byte for each gap, the latest lowest; 0 where there was none
 */
public record Gaps(long packed) {
  static final Gaps NONE = new Gaps(0);

  private static final long LONGEST = 255;
  private static final int INTERVALS_OF_PATIENCE = 3;
  private static final int LONGEST_INTERVALS_OF_PATIENCE = 2;

  /** A working week: among fewer gaps there need not have been a weekend. */
  private static final int GAPS_OF_A_WEEK = 5;

  private static final int WEEKEND = 3;

  /**
   * The most that twice the longest gap may come to. A gap longer than half of this is more likely
   * an outage of ours than the reporter's habit.
   */
  private static final Duration HOLIDAYS = Duration.ofDays(14);

  private static final Duration LEAST_PATIENCE = Duration.ofDays(3);

  Gaps plus(long days) {
    return days <= 0 ? this : new Gaps((packed << Byte.SIZE) | Math.min(days, LONGEST));
  }

  /**
   * How many gaps are held, at most 8. Two days on which the reporter was heard of make one gap.
   */
  int count() {
    return Math.ceilDiv(Long.SIZE - Long.numberOfLeadingZeros(packed), Byte.SIZE);
  }

  /** The median gap in days, rounded up; empty if there was none. */
  OptionalInt usual() {
    int[] gaps = sorted();
    return gaps.length == 0
        ? OptionalInt.empty()
        : OptionalInt.of(Math.ceilDiv(twiceTheMedian(gaps), 2));
  }

  private static int twiceTheMedian(int[] sorted) {
    return sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2];
  }

  /**
   * How long a reporter may be silent before it is overdue. It is the longest of three times: three
   * times the median gap; twice the longest gap, but at most 14 days, which covers a weekend with a
   * holiday on each side; and 3 days. Empty if the reporter was heard of on one day only, since it
   * has no usual interval yet.
   */
  Optional<Duration> overdueAfter() {
    int[] gaps = sorted();
    if (gaps.length == 0) {
      return Optional.empty();
    }
    // Half a day for each day of twice the median makes one median.
    long byMedian = 12L * twiceTheMedian(gaps) * INTERVALS_OF_PATIENCE;
    long byLongest = 24L * longest(gaps) * LONGEST_INTERVALS_OF_PATIENCE;
    long hours =
        Math.max(
            byMedian, Math.max(Math.min(byLongest, HOLIDAYS.toHours()), LEAST_PATIENCE.toHours()));
    return Optional.of(Duration.ofHours(hours));
  }

  private static int longest(int[] sorted) {
    int longest = sorted[sorted.length - 1];
    return sorted.length < GAPS_OF_A_WEEK ? Math.max(longest, WEEKEND) : longest;
  }

  private int[] sorted() {
    // No stream: this is asked of each reporter of each domain whenever figures are read.
    int[] gaps = new int[count()];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = (int) ((packed >>> (i * Byte.SIZE)) & LONGEST);
    }
    Arrays.sort(gaps);
    return gaps;
  }
}
