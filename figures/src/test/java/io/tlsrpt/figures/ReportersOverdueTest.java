// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static io.tlsrpt.figures.History.BIG;
import static io.tlsrpt.figures.History.GOOD;
import static io.tlsrpt.figures.History.MONDAY;
import static io.tlsrpt.figures.History.time;
import static io.tlsrpt.figures.Reports.sts;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Silence, judged by each reporter's own rhythm. */
class ReportersOverdueTest {
  private final History history = new History();

  @Test
  void dailyReporterShouldBeOverdueAfterThreeDays() {
    for (int day = 0; day < 20; day++) {
      if (day < 10) {
        receive(GOOD, day);
      }
      receive(BIG, day);
    }

    // The last report of the one that stopped came on day 10, 15:00.
    assertThat(overdue(time(MONDAY.plusDays(20), 16))).isEqualTo(1);
  }

  @Test
  void theThirdIntervalShouldBeWaitedFor() {
    for (int day = 0; day < 10; day++) {
      receive(GOOD, day);
    }

    assertThat(overdue(time(MONDAY.plusDays(13), 15))).isZero();
    assertThat(overdue(time(MONDAY.plusDays(13), 15).plusSeconds(1))).isEqualTo(1);
  }

  @Test
  void weeklyReporterShouldHaveThreeWeeks() {
    for (int week = 0; week < 4; week++) {
      receive(GOOD, 7 * week);
    }

    assertThat(overdue(time(MONDAY.plusDays(21 + 22), 15))).isZero();
    assertThat(overdue(time(MONDAY.plusDays(21 + 22), 16))).isEqualTo(1);
  }

  @Test
  void hourlyReportsShouldBeOneADay() {
    for (int hour = 0; hour < 6 * 24; hour++) {
      Instant receipt = time(MONDAY, hour + 1);
      history.receive(GOOD, MONDAY.plusDays(hour / 24), receipt, sts(1, 0));
    }

    assertThat(overdue(time(MONDAY.plusDays(9), 0))).isZero();
    assertThat(overdue(time(MONDAY.plusDays(9), 1))).isEqualTo(1);
  }

  @Test
  void oddGapShouldCountTwice() {
    int[] days = {0, 1, 2, 7, 8, 9, 10, 11, 12};
    for (int day : days) {
      receive(GOOD, day);
    }

    assertThat(overdue(time(MONDAY.plusDays(13 + 10), 15))).isZero();
    assertThat(overdue(time(MONDAY.plusDays(13 + 10), 16))).isEqualTo(1);
    // Eight days later the long gap is no longer among the last eight.
    for (int day = 13; day <= 20; day++) {
      receive(GOOD, day);
    }
    assertThat(overdue(time(MONDAY.plusDays(21 + 3), 16))).isEqualTo(1);
  }

  @Test
  void outageOfOursShouldNotBeWaitedForTwice() {
    for (int day : new int[] {0, 1, 2, 3, 4, 5, 23, 24}) {
      receive(GOOD, day);
    }

    assertThat(overdue(time(MONDAY.plusDays(25 + 14), 15))).isZero();
    assertThat(overdue(time(MONDAY.plusDays(25 + 14), 16))).isEqualTo(1);
  }

  /** Reports come at 20:00 of the next day, an hour sooner or later, for days with mail only. */
  @ParameterizedTest
  @ValueSource(strings = {"", "7", "8", "11", "14", "18,21", "25,28", "25,26,27,28"})
  void reporterOfWorkingDaysShouldNeverBeOverdueForAWeekendOrHoliday(String holidays) {
    List<Integer> without =
        Stream.of(holidays.split(",")).filter(d -> !d.isEmpty()).map(Integer::valueOf).toList();
    for (int day = 0; day < 35; day++) {
      LocalDate reported = MONDAY.plusDays(day);
      boolean mail = day % 7 < 5 && !without.contains(day);
      for (int hour = 0; hour < 24; hour++) {
        if (mail && hour == 19 + day % 3) {
          history.receive(GOOD, reported, time(reported.plusDays(1), hour), sts(1, 0));
        }
        assertThat(overdue(time(reported.plusDays(1), hour).plusSeconds(59)))
            .as("day %d, %d:00", day + 1, hour)
            .isZero();
      }
    }
  }

  @Test
  void reporterHeardOfOnceShouldHaveNoRhythm() {
    receive(GOOD, 0);

    assertThat(overdue(time(MONDAY.plusDays(30), 0))).isZero();
  }

  @Test
  void reporterThatIsForgottenShouldNotBeOverdue() {
    receive(GOOD, 0);
    receive(GOOD, 1);

    assertThat(overdue(time(MONDAY.plusDays(2 + 35), 14))).isEqualTo(1);
    assertThat(overdue(time(MONDAY.plusDays(2 + 35), 15))).isZero();
  }

  private void receive(String reporter, int day) {
    LocalDate reported = MONDAY.plusDays(day);
    history.receive(reporter, reported, time(reported.plusDays(1), 15), sts(1, 0));
  }

  private long overdue(Instant now) {
    return history.at(now).reportersOverdue();
  }
}
