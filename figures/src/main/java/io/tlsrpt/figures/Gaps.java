// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How many days lay between the last days on which a reporter was heard of, for the last 8 gaps.
 * Reports of one UTC day are one: many come in parts.
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

  /** A gap that was longer than half of it is no reason for more: an outage of ours made it. */
  private static final Duration HOLIDAYS = Duration.ofDays(14);

  private static final Duration LEAST_PATIENCE = Duration.ofDays(3);

  Gaps plus(long days) {
    return days <= 0 ? this : new Gaps((packed << Byte.SIZE) | Math.min(days, LONGEST));
  }

  /** How many there are; each lies between two days. */
  int count() {
    return sorted().length;
  }

  /**
   * How long silence is usual: three times the median of the gaps, and twice the longest of them,
   * but 14 days at most for that, so that it lasts over a weekend with a holiday on each side. A
   * reporter heard of on one day only has no usual interval yet.
   */
  Optional<Duration> patience() {
    int[] gaps = sorted();
    if (gaps.length == 0) {
      return Optional.empty();
    }
    int twiceTheMedian = gaps[(gaps.length - 1) / 2] + gaps[gaps.length / 2];
    Duration byMedian = Duration.ofHours(12L * twiceTheMedian).multipliedBy(INTERVALS_OF_PATIENCE);
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
