// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a reporter may be silent, by the days between its reports. */
class GapsTest {
  @Test
  void reporterOfOneDayShouldHaveNoUsualInterval() {
    assertThat(Gaps.NONE.overdueAfter()).isEmpty();
    assertThat(Gaps.NONE.usual()).isEmpty();
    assertThat(Gaps.NONE.count()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    // Daily: the median; but among four gaps there need not have been a weekend.
    "'1 1 1 1 1', 3",
    "'1 1 1 1', 6",
    // Working days.
    "'1 1 1 1 3', 6",
    // Weekly, and weekly with a week left out.
    "'7 7 7 7 7', 21",
    "'7 7 7 7 14', 21",
    // Half a day of the median counts three times.
    "'1 2 1 2 1 2', 4.5",
    // An outage of ours makes nobody patient for more than 14 days.
    "'1 1 1 1 30', 14",
  })
  void overdueAfterShouldComeFromTheMedianAndTheLongestGap(String days, double expectedDays) {
    assertThat(gaps(days).overdueAfter())
        .hasValue(Duration.ofMinutes((long) (expectedDays * 24 * 60)));
  }

  @ParameterizedTest
  @CsvSource({"'1 1 1', 1", "'1 1 3 1 9', 1", "'7 7 8 8', 8", "'2 3', 3"})
  void usualGapShouldBeTheMedianRoundedUp(String days, int expected) {
    assertThat(gaps(days).usual()).hasValue(expected);
  }

  @Test
  void onlyTheLastEightShouldCount() {
    Gaps gaps = gaps("30 1 1 1 1 1 1 1 1");

    assertThat(gaps.count()).isEqualTo(8);
    assertThat(gaps.overdueAfter()).hasValue(Duration.ofDays(3));
  }

  @Test
  void reportsOfOneDayShouldMakeNoGap() {
    assertThat(gaps("1 0 -3 1")).isEqualTo(gaps("1 1"));
  }

  @Test
  void gapShouldTakeOneByteHoweverLongItIs() {
    assertThat(gaps("400 1 1")).isEqualTo(gaps("255 1 1"));
  }

  private static Gaps gaps(String days) {
    Gaps gaps = Gaps.NONE;
    for (String gap : days.split(" ", -1)) {
      gaps = gaps.plus(Long.parseLong(gap));
    }
    return gaps;
  }
}
