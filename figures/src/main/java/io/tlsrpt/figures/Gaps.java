// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

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
  private static final Duration LEAST_PATIENCE = Duration.ofDays(3);

  Gaps plus(long days) {
    return days <= 0 ? this : new Gaps((packed << Byte.SIZE) | Math.min(days, LONGEST));
  }

  /** How long silence is usual; a reporter heard of on one day only has no usual interval yet. */
  Optional<Duration> patience() {
    int[] gaps = sorted();
    if (gaps.length == 0) {
      return Optional.empty();
    }
    int twiceTheMedian = gaps[(gaps.length - 1) / 2] + gaps[gaps.length / 2];
    Duration usual = Duration.ofHours(12L * twiceTheMedian).multipliedBy(INTERVALS_OF_PATIENCE);
    return Optional.of(usual.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : usual);
  }

  private int[] sorted() {
    return IntStream.range(0, MAX_GAPS)
        .map(i -> (int) ((packed >>> (i * Byte.SIZE)) & LONGEST))
        .filter(gap -> gap > 0)
        .sorted()
        .toArray();
  }
}
