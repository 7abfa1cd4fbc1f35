// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LookScheduleTest {
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
  private static final Subject ONE = new Subject.OfDomain(new DomainName("example.com"));
  private static final Subject TWO = new Subject.OfHost(new DomainName("example.com"));

  private final LookSchedule schedule = new LookSchedule();

  @Test
  void subjectThatIsDueForTheLongestTimeShouldBeTaken() {
    schedule.add(ONE, minute(2));
    schedule.add(TWO, minute(1));

    assertThat(schedule.take(START)).isEmpty();
    assertThat(schedule.take(minute(3))).contains(TWO);
    assertThat(schedule.take(minute(3))).contains(ONE);
    assertThat(schedule.take(minute(3))).isEmpty();
  }

  @Test
  void subjectThatIsLookedAtShouldNotBeDue() {
    schedule.add(ONE, START);
    assertThat(schedule.take(START)).contains(ONE);
    schedule.add(ONE, START);

    assertThat(schedule.take(minute(1))).isEmpty();
    assertThat(schedule.takeNow(ONE, minute(1))).isFalse();
    schedule.done(ONE, minute(5));
    assertThat(schedule.takeNow(ONE, minute(1))).isTrue();
  }

  @Test
  void subjectRemovedDuringItsLookShouldNotComeBack() {
    schedule.add(ONE, START);
    assertThat(schedule.take(START)).contains(ONE);
    schedule.remove(ONE);
    schedule.done(ONE, minute(1));

    assertThat(schedule.take(minute(9))).isEmpty();
    assertThat(schedule.lastBegun(ONE)).isEmpty();
  }

  @Test
  void subjectThatComesAgainDuringItsLastLookShouldBeThereOnce() {
    schedule.add(ONE, START);
    assertThat(schedule.take(START)).contains(ONE);
    schedule.remove(ONE);
    schedule.add(ONE, minute(2));
    schedule.done(ONE, minute(1));

    assertThat(schedule.take(minute(1))).isEmpty();
    assertThat(schedule.take(minute(2))).contains(ONE);
    assertThat(schedule.take(minute(9))).isEmpty();
  }

  @Test
  void hurryShouldNotComeWithinTenMinutesAfterALook() {
    schedule.add(ONE, START);
    assertThat(schedule.take(START)).contains(ONE);
    schedule.done(ONE, minute(700));
    schedule.hurry(ONE, minute(1));

    assertThat(schedule.take(minute(9))).isEmpty();
    assertThat(schedule.take(minute(10))).contains(ONE);
  }

  @Test
  void hurryShouldNotDelay() {
    schedule.add(ONE, minute(1));
    schedule.hurry(ONE, minute(5));
    schedule.hurry(TWO, minute(5));

    assertThat(schedule.take(minute(1))).contains(ONE);
    assertThat(schedule.take(minute(9))).isEmpty();
  }

  @Test
  void clockSetBackShouldNotDelay() {
    Instant year = START.plus(Duration.ofDays(365));
    schedule.add(ONE, year);
    schedule.add(TWO, year);
    assertThat(schedule.take(year)).isPresent();
    schedule.done(ONE, year.plus(Duration.ofHours(12)));
    schedule.done(TWO, year.plus(Duration.ofHours(12)));

    assertThat(schedule.take(START)).isPresent();
    assertThat(schedule.take(START.plus(Duration.ofHours(11)))).isEmpty();
    assertThat(schedule.take(START.plus(Duration.ofHours(12)))).isPresent();
  }

  @Test
  void clockThatIsPutRightByAMomentShouldChangeNothing() {
    schedule.add(ONE, minute(10));
    assertThat(schedule.take(minute(5))).isEmpty();
    assertThat(schedule.take(minute(5).minusSeconds(59))).isEmpty();

    assertThat(schedule.take(minute(10).minusMillis(1))).isEmpty();
    assertThat(schedule.take(minute(10))).contains(ONE);
  }

  private static Instant minute(int number) {
    return START.plus(Duration.ofMinutes(number));
  }
}
