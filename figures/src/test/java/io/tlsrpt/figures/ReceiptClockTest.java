// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static io.tlsrpt.figures.History.BIG;
import static io.tlsrpt.figures.History.GOOD;
import static io.tlsrpt.figures.History.MONDAY;
import static io.tlsrpt.figures.History.RULES;
import static io.tlsrpt.figures.History.WINDOW;
import static io.tlsrpt.figures.History.time;
import static io.tlsrpt.figures.Reports.failed;
import static io.tlsrpt.figures.Reports.sts;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.PolicyResult;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** A clock that was wrong for an hour costs the truth of that hour, and no more. */
class ReceiptClockTest {
  private static final Instant NOW = time(MONDAY.plusDays(10), 15);
  private static final Duration YEARS = Duration.ofDays(550);

  private DomainState state = DomainState.of(Reports.DOMAIN);

  @Test
  void laterOfClockAndReceiptShouldCountWithinADay() {
    assertThat(ReceiptClock.now(NOW, NOW.plus(Duration.ofDays(1))))
        .isEqualTo(NOW.plus(Duration.ofDays(1)));
    assertThat(ReceiptClock.now(NOW, NOW.plus(Duration.ofDays(1)).plusMillis(1))).isEqualTo(NOW);
    assertThat(ReceiptClock.now(NOW, NOW.minus(YEARS))).isEqualTo(NOW);
    assertThat(ReceiptClock.isAhead(NOW.plus(Duration.ofDays(1)), NOW)).isFalse();
  }

  @Test
  void failureShouldBeToldThoughOneReportCameWhileTheClockWasAhead() {
    receive(BIG, MONDAY, NOW.plus(YEARS), NOW.plus(YEARS), sts(1, 0));

    receive(GOOD, MONDAY.plusDays(9), NOW, NOW, sts(5, 2, failed("certificate-expired", 2)));

    assertThat(at(NOW).failing()).isTrue();
    assertThat(at(NOW).reporters()).isEqualTo(2);
    assertThat(at(NOW).totals().lastReportTime()).hasValue(NOW);
    assertThat(at(NOW.plus(Duration.ofDays(9))).failing()).isFalse();
  }

  @Test
  void reporterShouldBeHeardAgainThoughItsNewestDayIsOfAWrongClock() {
    LocalDate wrong = LocalDate.parse("2027-12-03");
    receive(GOOD, wrong, NOW.plus(YEARS), NOW.plus(YEARS), sts(1, 0));

    receive(GOOD, MONDAY.plusDays(9), NOW, NOW, sts(5, 2, failed("certificate-expired", 2)));

    assertThat(at(NOW).activeFailures().of(FailureKind.CERTIFICATE_EXPIRED)).isEqualTo(2);
    assertThat(at(NOW).newestActiveFailure()).hasValue(MONDAY.plusDays(9));
  }

  @Test
  void sessionsOfARightDayShouldSurviveADayOfAWrongClock() {
    receive(GOOD, MONDAY.plusDays(9), NOW, NOW, sts(5, 2, failed("certificate-expired", 2)));
    receive(GOOD, LocalDate.parse("2027-12-03"), NOW.plus(YEARS), NOW.plus(YEARS), sts(0, 0));

    receive(GOOD, MONDAY.plusDays(8), NOW, NOW, sts(3, 0));

    assertThat(at(NOW).activeFailures().of(FailureKind.CERTIFICATE_EXPIRED)).isEqualTo(2);
    assertThat(state.correctedFor(NOW).figures(NOW, RULES).failing()).isTrue();
  }

  @Test
  void oneReportWhileTheClockIsAheadShouldForgetNobody() {
    for (int day = 0; day < 10; day++) {
      Instant receipt = time(MONDAY.plusDays(day + 1), 15);
      receive(GOOD, MONDAY.plusDays(day), receipt, receipt, sts(5, 1));
      receive(BIG, MONDAY.plusDays(day), receipt, receipt, sts(5, 1));
    }
    Instant wrong = NOW.plus(Duration.ofDays(40));

    receive(BIG, MONDAY.plusDays(10), wrong, wrong, sts(5, 0));

    assertThat(at(NOW.plus(Duration.ofHours(1))).reporters()).isEqualTo(2);
    assertThat(at(NOW.plus(Duration.ofHours(1))).active().failed()).isEqualTo(1);
    assertThat(state.reporters().values()).hasSize(2).allMatch(ReporterState::isEstablished);
  }

  @Test
  void reportOfABootIn1970ShouldNotEndWhatItsReporterSaid() {
    receive(GOOD, MONDAY.plusDays(9), NOW, NOW, sts(5, 2, failed("certificate-expired", 2)));
    Instant boot = Instant.parse("1970-01-01T00:05:00Z");

    // Its range is absurd by that clock, so the day of receipt stands in.
    receive(GOOD, LocalDate.EPOCH, boot, boot, sts(5, 0));

    assertThat(at(NOW).activeFailures().of(FailureKind.CERTIFICATE_EXPIRED)).isEqualTo(2);
  }

  @Test
  void dayOfASendersClockThatIsAheadShouldStand() {
    LocalDate tomorrow = MONDAY.plusDays(11);
    receive(GOOD, tomorrow, NOW, NOW, sts(5, 2, failed("certificate-expired", 2)));
    receive(GOOD, MONDAY.plusDays(9), NOW, NOW, sts(5, 0));

    assertThat(at(NOW).failing()).isTrue();
  }

  @Test
  void clockThatBeginsIn1970ShouldForgetNobody() {
    for (int day = 0; day < 10; day++) {
      receive(GOOD, MONDAY.plusDays(day), time(MONDAY.plusDays(day + 1), 15), NOW, sts(5, 1));
    }
    Instant boot = Instant.parse("1970-01-01T00:05:00Z");

    receive(BIG, LocalDate.EPOCH, boot, boot, sts(1, 0));

    assertThat(at(NOW).reporters()).isEqualTo(1);
    assertThat(at(NOW).failing()).isTrue();
    assertThat(at(NOW).totals().lastReportTime()).hasValue(NOW);
  }

  @Test
  void daysOfTheLastWeeksShouldSurviveAWrongOne() {
    for (int day = 0; day < 21; day++) {
      receive(GOOD, MONDAY.plusDays(day), time(MONDAY.plusDays(day + 1), 15), NOW, sts(5, 0));
    }
    receive(GOOD, LocalDate.parse("2027-12-03"), NOW.plus(YEARS), NOW.plus(YEARS), sts(1, 0));

    assertThat(state.recentDays().failures()).containsKey(MONDAY).hasSize(22);
  }

  @Test
  void nothingShouldLieAheadOnceTheClockIsBelieved() {
    Instant wrong = NOW.plus(YEARS);
    receive(
        GOOD,
        LocalDate.ofInstant(wrong, ZoneOffset.UTC),
        wrong,
        wrong,
        sts(5, 2, failed("certificate-expired", 2)));

    DomainState believed = state.correctedFor(NOW);

    assertThat(believed.totals().lastReportTime()).hasValue(NOW);
    assertThat(believed.totals().lastReportEnd()).hasValue(NOW);
    assertThat(believed.totals().lastFailure()).hasValue(MONDAY.plusDays(10));
    assertThat(believed.totals().failures().sum()).isEqualTo(2);
    assertThat(believed.recentDays().failures()).isEmpty();
    assertThat(believed.figures(NOW, RULES).failing()).isFalse();
    assertThat(believed.correctedFor(NOW)).isEqualTo(believed);
  }

  @Test
  void stateThatIsRightShouldStayAsItIs() {
    receive(GOOD, MONDAY.plusDays(9), NOW, NOW, sts(5, 2, failed("certificate-expired", 2)));

    assertThat(state.correctedFor(NOW)).isEqualTo(state);
    assertThat(state.correctedFor(NOW.minus(Duration.ofHours(20)))).isEqualTo(state);
  }

  private void receive(
      String reporter, LocalDate day, Instant receipt, Instant clock, PolicyResult... entries) {
    state =
        state.plus(
            Reports.contribution(Reports.report(reporter, day, receipt, entries)), clock, WINDOW);
  }

  private DomainFigures at(Instant clock) {
    return state.figures(clock, RULES);
  }
}
