// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static io.tlsrpt.figures.History.BIG;
import static io.tlsrpt.figures.History.GOOD;
import static io.tlsrpt.figures.History.MONDAY;
import static io.tlsrpt.figures.History.expired;
import static io.tlsrpt.figures.History.time;
import static io.tlsrpt.figures.Reports.failed;
import static io.tlsrpt.figures.Reports.sts;
import static io.tlsrpt.figures.Reports.tlsa;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What begins and what ends, each told once. */
class TransitionTest {
  private static final LocalDate TUESDAY = MONDAY.plusDays(1);
  private static final LocalDate WEDNESDAY = MONDAY.plusDays(2);
  private static final LocalDate THURSDAY = MONDAY.plusDays(3);
  private static final LocalDate FRIDAY = MONDAY.plusDays(4);

  private final History history = new History();

  @Test
  void expiredCertificateShouldStartLateAndRecoverWithTheLastReporter() {
    history.receive(GOOD, MONDAY, time(TUESDAY, 15), sts(240, 0));
    history.receive(GOOD, TUESDAY, time(WEDNESDAY, 15), sts(140, 100, expired(100)));
    assertThat(history.transitions())
        .containsExactly("certificate-expired STARTED 2026-06-03T15:00:00Z");

    history.receive(BIG, TUESDAY, time(WEDNESDAY, 20), sts(28, 20, expired(20)), tlsa(28, 20));
    history.receive(GOOD, WEDNESDAY, time(THURSDAY, 15), sts(150, 90, expired(90)));
    history.receive(BIG, WEDNESDAY, time(THURSDAY, 20), sts(30, 18, expired(18)), tlsa(30, 18));
    history.receive(GOOD, THURSDAY, time(FRIDAY, 15), sts(240, 0));
    assertThat(history.transitions()).isEmpty();

    history.receive(BIG, THURSDAY, time(FRIDAY, 20), sts(48, 0), tlsa(48, 0));
    assertThat(history.transitions())
        .containsExactly("certificate-expired RECOVERED 2026-06-05T20:00:00Z");
  }

  @Test
  void weekdayOnlyDomainShouldHaveOneSteadyAlarm() {
    history.receive(BIG, FRIDAY, time(FRIDAY.plusDays(1), 20), sts(10, 6, expired(6)));
    for (int week = 0; week < 3; week++) {
      // Monday is a holiday.
      for (int day = 4; day < 8; day++) {
        LocalDate reported = FRIDAY.plusDays(7L * week + day);
        history.receive(BIG, reported, time(reported.plusDays(1), 20), sts(0, 12, expired(12)));
        assertThat(history.at(time(reported.plusDays(2), 19)).failing()).isTrue();
      }
    }

    assertThat(history.transitions())
        .containsExactly("certificate-expired STARTED 2026-06-06T20:00:00Z");
  }

  @Test
  void dayInPartsShouldRecoverWithTheFirstAndStartWithTheSecond() {
    history.receive(GOOD, MONDAY, time(TUESDAY, 1), sts(5, 2, expired(2)));
    history.receive(GOOD, TUESDAY, Instant.parse("2026-06-03T01:10:00Z"), sts(40, 0));
    history.receive(GOOD, TUESDAY, Instant.parse("2026-06-03T03:40:00Z"), sts(9, 3, expired(3)));

    assertThat(history.transitions())
        .containsExactly(
            "certificate-expired STARTED 2026-06-02T01:00:00Z",
            "certificate-expired RECOVERED 2026-06-03T01:10:00Z",
            "certificate-expired STARTED 2026-06-03T03:40:00Z");
    assertThat(history.at(time(WEDNESDAY, 4)).active().failed()).isEqualTo(3);
  }

  @Test
  void silenceShouldExpire() {
    history.receive(GOOD, MONDAY, time(TUESDAY, 15), sts(5, 2, expired(2)));
    Instant end = time(TUESDAY.plusDays(8), 15);
    history.at(end.minusSeconds(1));
    history.transitions();

    history.at(end);
    assertThat(history.transitions())
        .containsExactly("certificate-expired EXPIRED 2026-06-10T15:00:00Z");
  }

  @Test
  void expiryThatNobodyLookedAtShouldBeToldBeforeANewStart() {
    history.receive(GOOD, MONDAY, time(TUESDAY, 15), sts(5, 2, expired(2)));
    history.transitions();
    history.receive(GOOD, TUESDAY.plusDays(10), time(TUESDAY.plusDays(11), 15), sts(1, 1));
    assertThat(history.transitions())
        .containsExactly(
            "certificate-expired EXPIRED 2026-06-13T15:00:00Z",
            "unspecified STARTED 2026-06-13T15:00:00Z");
  }

  @Test
  void endOfOneReporterShouldBeARecoveryIfAnotherHasSinceSeenNone() {
    history.receive(GOOD, MONDAY, time(TUESDAY, 15), sts(5, 2, expired(2)));
    history.receive(BIG, MONDAY, time(TUESDAY, 20), sts(5, 2, expired(2)));
    history.receive(BIG, TUESDAY, time(WEDNESDAY, 20), sts(5, 0));
    history.transitions();

    history.at(time(TUESDAY.plusDays(8), 15));
    assertThat(history.transitions())
        .containsExactly("certificate-expired RECOVERED 2026-06-10T15:00:00Z");
  }

  @Test
  void cleanReporterWhoNeverToldOfItShouldNotMakeARecovery() {
    history.receive(GOOD, MONDAY, time(TUESDAY, 15), sts(5, 2, expired(2)));
    history.receive(BIG, WEDNESDAY, time(THURSDAY, 20), sts(5, 0));
    history.transitions();

    history.at(time(TUESDAY.plusDays(8), 15));
    assertThat(history.transitions()).singleElement().asString().contains("EXPIRED");
  }

  @Test
  void kindsShouldStartAndEndOnTheirOwn() {
    history.receive(
        GOOD, MONDAY, time(TUESDAY, 15), sts(5, 3, expired(2), failed("tlsa-invalid", 1)));
    history.receive(GOOD, TUESDAY, time(WEDNESDAY, 15), sts(5, 1, failed("tlsa-invalid", 1)));

    assertThat(history.transitions())
        .containsExactly(
            "certificate-expired STARTED 2026-06-02T15:00:00Z",
            "tlsa-invalid STARTED 2026-06-02T15:00:00Z",
            "certificate-expired RECOVERED 2026-06-03T15:00:00Z");
  }

  @Test
  void clockSetBackShouldTellNothing() {
    history.receive(GOOD, MONDAY, time(TUESDAY, 15), sts(5, 2, expired(2)));
    history.receive(BIG, MONDAY.plusDays(8), time(MONDAY.plusDays(9), 20), sts(1, 0));
    history.transitions();

    // By the clock, which was set back, the failure has not expired yet.
    history.at(time(MONDAY.plusDays(9), 10));
    history.at(time(MONDAY.plusDays(9), 21));
    assertThat(history.transitions()).isEmpty();
  }
}
