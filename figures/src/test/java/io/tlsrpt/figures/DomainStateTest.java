// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static io.tlsrpt.figures.Reports.entry;
import static io.tlsrpt.figures.Reports.failed;
import static io.tlsrpt.figures.Reports.report;
import static io.tlsrpt.figures.Reports.sts;
import static io.tlsrpt.figures.Reports.tlsa;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.MtaStsMode;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.PolicyType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The histories of 2026-06: Monday is the 1st, Tuesday the 2nd and so on. */
class DomainStateTest {
  private static final FailureWindow WINDOW = FailureWindow.DEFAULT;
  private static final FiguresRules RULES = History.RULES;
  private static final String GOOD = "good.example";
  private static final String BIG = "big.example";
  private static final LocalDate MONDAY = LocalDate.parse("2026-06-01");
  private static final LocalDate TUESDAY = MONDAY.plusDays(1);
  private static final LocalDate WEDNESDAY = MONDAY.plusDays(2);
  private static final LocalDate THURSDAY = MONDAY.plusDays(3);
  private static final LocalDate FRIDAY = MONDAY.plusDays(4);

  private DomainState state = DomainState.of(Reports.DOMAIN);

  /**
   * Expires Tuesday 14:00, repaired Wednesday 09:00; one reporter has 10 sessions an hour and
   * reports at 15:00, the other 2, seen as sts and as tlsa, and reports at 20:00.
   */
  @Test
  void expiredCertificateShouldEndWithTheFirstCleanDays() {
    receive(BIG, MONDAY, at(TUESDAY, 20), sts(48, 0), tlsa(48, 0));

    receive(GOOD, TUESDAY, at(WEDNESDAY, 15), sts(140, 100, expired(100)));
    assertThat(active(at(WEDNESDAY, 15))).isEqualTo(100);
    receive(BIG, TUESDAY, at(WEDNESDAY, 20), sts(28, 20, expired(20)), tlsa(28, 20));
    assertThat(active(at(WEDNESDAY, 20))).isEqualTo(120);

    receive(GOOD, WEDNESDAY, at(THURSDAY, 15), sts(150, 90, expired(90)));
    assertThat(active(at(THURSDAY, 15))).isEqualTo(110);
    assertThat(state.figures(at(THURSDAY, 15), RULES).oldestActiveFailure()).hasValue(TUESDAY);
    assertThat(state.figures(at(THURSDAY, 15), RULES).newestActiveFailure()).hasValue(WEDNESDAY);
    receive(BIG, WEDNESDAY, at(THURSDAY, 20), sts(30, 18, expired(18)), tlsa(30, 18));
    assertThat(active(at(THURSDAY, 20))).isEqualTo(108);

    receive(GOOD, THURSDAY, at(FRIDAY, 15), sts(240, 0));
    assertThat(active(at(FRIDAY, 15))).isEqualTo(18);
    receive(BIG, THURSDAY, at(FRIDAY, 20), sts(48, 0), tlsa(48, 0));
    DomainFigures figures = state.figures(at(FRIDAY, 20), RULES);
    assertThat(figures.active().failed()).isZero();
    assertThat(figures.failing()).isFalse();
    assertThat(figures.failureRatio()).isZero();
    assertThat(figures.oldestActiveFailure()).isEmpty();
    assertThat(figures.totals().lastFailure()).hasValue(WEDNESDAY);
  }

  @Test
  void weekdayOnlyDomainShouldFailSteadilyOverALongWeekend() {
    receive(BIG, FRIDAY, at(FRIDAY.plusDays(1), 20), sts(10, 6, expired(6)));

    // Saturday to Monday nobody sends mail; Tuesday's report comes on Wednesday.
    for (int hours = 0; hours < 96; hours++) {
      Instant now = at(FRIDAY.plusDays(1), 20).plus(Duration.ofHours(hours));
      assertThat(active(now)).isEqualTo(6);
    }
    receive(BIG, FRIDAY.plusDays(4), at(FRIDAY.plusDays(5), 20), sts(0, 12, expired(12)));
    DomainFigures figures = state.figures(at(FRIDAY.plusDays(5), 20), RULES);
    assertThat(figures.active()).isEqualTo(new SessionCounts(0, 12));
    assertThat(figures.oldestActiveFailure()).hasValue(FRIDAY);
  }

  @Test
  void oldReportShouldCountInTheTotalsOnly() {
    receive(BIG, MONDAY, at(MONDAY.plusDays(25), 0), sts(0, 50, expired(50)));

    DomainFigures figures = state.figures(at(MONDAY.plusDays(25), 0), RULES);
    assertThat(figures.totals().sessions()).isEqualTo(new SessionCounts(0, 50));
    assertThat(figures.failing()).isFalse();
  }

  @Test
  void oldReportShouldNotLengthenTheSpellOfAnotherReporter() {
    receive(GOOD, MONDAY.plusDays(24), at(MONDAY.plusDays(25), 0), sts(0, 1, expired(1)));
    receive(BIG, MONDAY, at(MONDAY.plusDays(25), 1), sts(0, 50, expired(50)));

    DomainFigures figures = state.figures(at(MONDAY.plusDays(25), 1), RULES);
    assertThat(figures.active().failed()).isEqualTo(1);
    assertThat(figures.oldestActiveFailure()).hasValue(MONDAY.plusDays(24));
  }

  @Test
  void aDayInPartsShouldBeAddedUp() {
    receive(GOOD, MONDAY, at(TUESDAY, 1), sts(5, 2, expired(2)));
    receive(GOOD, TUESDAY, at(WEDNESDAY, 1), sts(40, 0));
    assertThat(state.figures(at(WEDNESDAY, 1), RULES).failing()).isFalse();

    receive(GOOD, TUESDAY, at(WEDNESDAY, 3), sts(10, 3, expired(3)));
    DomainFigures figures = state.figures(at(WEDNESDAY, 3), RULES);
    assertThat(figures.active()).isEqualTo(new SessionCounts(50, 3));
    assertThat(figures.oldestActiveFailure()).hasValue(TUESDAY);
  }

  @Test
  void hourlyReportsShouldGrowThroughTheDayAndEndWithTheFirstCleanDay() {
    for (int hour = 1; hour <= 24; hour++) {
      receive(GOOD, MONDAY, at(MONDAY, hour), sts(1, 1, expired(1)));
      assertThat(active(at(MONDAY, hour))).isEqualTo(hour);
    }
    receive(GOOD, TUESDAY, at(TUESDAY, 1), sts(2, 0));
    assertThat(active(at(TUESDAY, 1))).isZero();
  }

  @Test
  void failuresThatASecondViewMissesShouldNotBeHidden() {
    receive(BIG, MONDAY, at(TUESDAY, 20), sts(98, 2), tlsa(101, 0));

    DomainFigures figures = state.figures(at(TUESDAY, 20), RULES);
    assertThat(figures.totals().sessions()).isEqualTo(new SessionCounts(99, 2));
    assertThat(figures.failing()).isTrue();
  }

  @Test
  void dayWithoutSessionsShouldEndNothing() {
    receive(GOOD, MONDAY, at(TUESDAY, 15), sts(5, 2, expired(2)));
    receive(GOOD, TUESDAY, at(WEDNESDAY, 15), sts(0, 0));

    assertThat(active(at(WEDNESDAY, 15))).isEqualTo(2);
  }

  @Test
  void failureShouldExpireWithoutAReportArriving() {
    receive(GOOD, MONDAY, at(TUESDAY, 15), sts(5, 2, expired(2)));

    Instant end = at(TUESDAY, 15).plus(WINDOW.length());
    assertThat(active(end.minusSeconds(1))).isEqualTo(2);
    assertThat(active(end)).isZero();
    assertThat(state.figures(end, RULES).failureRatio()).isZero();
  }

  @Test
  void clockSetBackShouldReviveNothing() {
    receive(GOOD, MONDAY, at(TUESDAY, 15), sts(5, 2, expired(2)));
    receive(BIG, MONDAY.plusDays(20), at(MONDAY.plusDays(21), 20), sts(1, 0));

    assertThat(active(at(MONDAY.plusDays(20), 20))).isZero();
    // If it is set back by more than a day, the clock is believed and not the last receipt.
    assertThat(active(at(TUESDAY, 16))).isEqualTo(2);
  }

  @Test
  void secondSpellShouldBeginAnew() {
    receive(GOOD, MONDAY, at(TUESDAY, 15), sts(5, 2, expired(2)));
    receive(GOOD, TUESDAY, at(WEDNESDAY, 15), sts(5, 0));
    receive(GOOD, WEDNESDAY, at(THURSDAY, 15), sts(5, 1, expired(1)));

    DomainFigures figures = state.figures(at(THURSDAY, 15), RULES);
    assertThat(figures.oldestActiveFailure()).hasValue(WEDNESDAY);
    assertThat(figures.newestActiveFailure()).hasValue(WEDNESDAY);
  }

  @Test
  void ratioShouldBeOfTheReportsThatFail() {
    receive(GOOD, MONDAY, at(TUESDAY, 15), sts(900, 0));
    receive(BIG, MONDAY, at(TUESDAY, 20), sts(3, 1, expired(1)));

    assertThat(state.figures(at(TUESDAY, 20), RULES).failureRatio()).isEqualTo(0.25);
  }

  @Test
  void modeShouldBeVotedAndTheStricterWinATie() {
    receive("a.example", MONDAY, at(TUESDAY, 1), mode("testing"));
    receive("b.example", MONDAY, at(TUESDAY, 1), mode("enforce"));
    assertThat(mode(at(TUESDAY, 1))).isEqualTo(MtaStsMode.ENFORCE);

    receive("c.example", MONDAY, at(TUESDAY, 2), mode("testing"));
    assertThat(mode(at(TUESDAY, 2))).isEqualTo(MtaStsMode.TESTING);

    // Reporters that see no MTA-STS policy do not vote.
    receive("d.example", MONDAY, at(TUESDAY, 3), tlsa(1, 0));
    receive("e.example", MONDAY, at(TUESDAY, 3), tlsa(1, 0));
    receive("f.example", MONDAY, at(TUESDAY, 3), tlsa(1, 0));
    assertThat(mode(at(TUESDAY, 3))).isEqualTo(MtaStsMode.TESTING);

    receive("a.example", TUESDAY, at(WEDNESDAY, 1), mode("enforce"));
    assertThat(mode(at(WEDNESDAY, 1))).isEqualTo(MtaStsMode.ENFORCE);
    assertThat(mode(at(WEDNESDAY, 1).plus(Duration.ofDays(14)))).isEqualTo(MtaStsMode.UNKNOWN);
  }

  @Test
  void lateReportShouldNotChangeTheMode() {
    receive(GOOD, TUESDAY, at(WEDNESDAY, 1), mode("enforce"));
    receive(GOOD, MONDAY, at(WEDNESDAY, 2), mode("testing"));

    assertThat(mode(at(WEDNESDAY, 2))).isEqualTo(MtaStsMode.ENFORCE);
  }

  @Test
  void reportersShouldBeThoseHeardOfWithinTheWindow() {
    receive(GOOD, MONDAY, at(TUESDAY, 15), sts(1, 0));
    receive(BIG, TUESDAY, at(WEDNESDAY, 15), sts(1, 0));

    assertThat(reporters(at(WEDNESDAY, 15))).isEqualTo(2);
    assertThat(reporters(at(TUESDAY, 15).plus(WINDOW.length()))).isEqualTo(1);
  }

  @Test
  void placesForReportersShouldBeBoundedAndFreedBySilence() {
    ReporterLimit limit = new ReporterLimit(20, reporter -> reporter);
    for (int i = 0; i < limit.perDomain(); i++) {
      receive("r" + i + ".example", MONDAY, at(TUESDAY, 15), sts(1, 0));
    }

    assertThat(admits("r0.example", at(TUESDAY, 15), limit)).isTrue();
    assertThat(admits(GOOD, at(TUESDAY, 15), limit)).isFalse();
    assertThat(admits(GOOD, at(TUESDAY, 15).plus(Duration.ofDays(35)), limit)).isTrue();
  }

  @Test
  void reporterShouldLoseItsPlaceOnlyToAnother() {
    ReporterLimit limit = new ReporterLimit(2, reporter -> reporter);
    receive("first.example", MONDAY, at(TUESDAY, 14), sts(1, 0));
    receive("second.example", MONDAY, at(TUESDAY, 15), sts(1, 0));

    assertThat(state.withPlaceFor(new DomainName("second.example"), limit)).isSameAs(state);
    assertThat(state.withPlaceFor(new DomainName(GOOD), limit).reporters())
        .containsOnlyKeys(new DomainName("second.example"));
    assertThat(state.withPlaceFor(new DomainName(GOOD), new ReporterLimit(3, reporter -> reporter)))
        .isSameAs(state);
  }

  @Test
  void reportsWhileTheClockIsAheadShouldTakeNoReporterAway() {
    receive(GOOD, MONDAY, at(TUESDAY, 15), sts(5, 2, expired(2)));
    for (int hour = 1; hour < 4; hour++) {
      receive(BIG, MONDAY, at(TUESDAY.plusDays(300), hour), sts(1, 0));
    }

    assertThat(reporters(at(TUESDAY, 15))).isEqualTo(2);
    assertThat(active(at(TUESDAY, 15))).isEqualTo(2);
  }

  @Test
  void whatIsOlderThanRetentionShouldGo() {
    receive(GOOD, MONDAY, at(TUESDAY, 15), sts(5, 2, expired(2)));
    receive(BIG, TUESDAY, at(WEDNESDAY, 15), sts(5, 0));

    assertThat(state.since(at(MONDAY, 23))).isEqualTo(state);
    assertThat(active(at(TUESDAY, 15))).isEqualTo(2);
    assertThat(state.since(at(TUESDAY, 15)).figures(at(TUESDAY, 15), RULES).failing()).isFalse();
    assertThat(state.since(at(TUESDAY, 15)).failures()).isEmpty();
    assertThat(state.since(at(TUESDAY, 15)).reporters())
        .containsOnlyKeys(new DomainName(GOOD), new DomainName(BIG));
    assertThat(state.since(at(TUESDAY, 16)).reporters()).containsOnlyKeys(new DomainName(BIG));
    assertThat(state.since(at(TUESDAY, 16)).totals()).isEqualTo(state.totals());
  }

  @Test
  void anOrganisationShouldHaveTenPlaces() {
    DomainName big = new DomainName("big.example");
    ReporterLimit limit =
        new ReporterLimit(20, reporter -> reporter.isWithin(big) ? big : reporter);
    for (int i = 0; i < ReporterLimit.PER_ORGANISATION; i++) {
      String reporter = i == 0 ? "big.example" : "dept" + i + ".big.example";
      assertThat(admits(reporter, at(TUESDAY, 15), limit)).isTrue();
      receive(reporter, MONDAY, at(TUESDAY, 15), sts(1, 0));
    }

    assertThat(admits("one-more.big.example", at(TUESDAY, 15), limit)).isFalse();
    assertThat(admits("dept2.big.example", at(TUESDAY, 15), limit)).isTrue();
    assertThat(admits("small.example", at(TUESDAY, 15), limit)).isTrue();
  }

  @Test
  void totalsShouldGrowWithEveryReport() {
    receive(GOOD, MONDAY, at(TUESDAY, 15), sts(5, 2, expired(2)));
    receive(GOOD, MONDAY.minusDays(30), at(WEDNESDAY, 15), sts(7, 1, failed("tlsa-invalid", 1)));

    DomainTotals totals = state.totals();
    assertThat(totals.reports()).isEqualTo(2);
    assertThat(totals.sessions()).isEqualTo(new SessionCounts(12, 3));
    assertThat(totals.byPolicyKind()).isEqualTo(Map.of(PolicyKind.STS, new SessionCounts(12, 3)));
    assertThat(totals.failures().sum()).isEqualTo(3);
    assertThat(totals.lastReportTime()).hasValue(at(WEDNESDAY, 15));
    assertThat(totals.lastReportEnd()).hasValue(Instant.parse(MONDAY + "T23:59:59Z"));
    assertThat(totals.lastFailure()).hasValue(MONDAY);
  }

  private void receive(
      String reporter, LocalDate day, Instant receivedAt, PolicyResult... entries) {
    state =
        state.plus(
            Reports.contribution(report(reporter, day, receivedAt, entries)), receivedAt, WINDOW);
  }

  private boolean admits(String reporter, Instant now, ReporterLimit limit) {
    return state.admits(new DomainName(reporter), now, limit);
  }

  private static FailureDetails expired(long sessions) {
    return failed("certificate-expired", sessions);
  }

  private static PolicyResult mode(String mode) {
    return entry(PolicyType.STS, List.of("mode: " + mode), 1, 0);
  }

  private long active(Instant now) {
    return state.figures(now, RULES).active().failed();
  }

  private MtaStsMode mode(Instant now) {
    return state.figures(now, RULES).mode();
  }

  private long reporters(Instant now) {
    return state.figures(now, RULES).reporters();
  }

  private static Instant at(LocalDate day, int hour) {
    return Instant.parse(day + "T00:00:00Z").plus(Duration.ofHours(hour));
  }
}
