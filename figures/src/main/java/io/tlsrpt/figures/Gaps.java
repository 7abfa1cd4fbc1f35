// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The last 8 gaps, in days, between the days on which a reporter was heard of. Several reports on
 * one UTC day make no gap, since many reports come in parts.
 *
 * @param packed a byte for each gap, the latest lowest; 0 where there was none
 */
public record Gaps(long packed) {
  static final Gaps NONE = new Gaps(0);

  private static final int MAX_GAPS = Long.BYTES;
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
    return sorted().length;
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
    Duration byMedian =
        Duration.ofHours(12L * twiceTheMedian(gaps)).multipliedBy(INTERVALS_OF_PATIENCE);
    Duration byLongest = Duration.ofDays((long) longest(gaps) * LONGEST_INTERVALS_OF_PATIENCE);
    Duration usual = byLongest.compareTo(HOLIDAYS) < 0 ? byLongest : HOLIDAYS;
    return Stream.of(byMedian, usual, LEAST_PATIENCE).max(Duration::compareTo);
  }

  private static int longest(int[] sorted) {
    int longest = sorted[sorted.length - 1];
    return sorted.length < GAPS_OF_A_WEEK ? Math.max(longest, WEEKEND) : longest;
  }

  private int[] sorted() {
    return IntStream.range(0, MAX_GAPS)
        .map(i -> (int) ((packed >>> (i * Byte.SIZE)) & LONGEST))
        .filter(gap -> gap > 0)
        .sorted()
        .toArray();
  }
}
