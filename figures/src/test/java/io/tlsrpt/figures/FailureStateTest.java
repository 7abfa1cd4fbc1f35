// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static io.tlsrpt.figures.History.BIG;
import static io.tlsrpt.figures.History.GOOD;
import static io.tlsrpt.figures.History.MONDAY;
import static io.tlsrpt.figures.History.time;
import static io.tlsrpt.figures.Reports.sts;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.ResultType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is shown of one kind of failure: since when, who saw it, and where. */
class FailureStateTest {
  private final History history = new History();

  @Test
  void failureShouldTellSinceWhenWhoAndWhere() {
    receive(GOOD, 0, at("MX1.example.com."), at("mx2.example.com"));
    receive(BIG, 1, at("mx1.example.com"));

    assertThat(failure(2))
        .isEqualTo(
            new FailureFigures(
                FailureKind.CERTIFICATE_EXPIRED,
                3,
                3,
                Optional.of(MONDAY),
                MONDAY,
                MONDAY.plusDays(1),
                List.of(new DomainName(GOOD), new DomainName(BIG)),
                List.of("mx1.example.com", "mx2.example.com")));
  }

  @Test
  void failureThatIsOverShouldKeepWhoSawIt() {
    receive(GOOD, 0, at("mx1.example.com"));
    receive(GOOD, 1);

    FailureFigures failure = failure(2);
    assertThat(failure.activeSessions()).isZero();
    assertThat(failure.activeSince()).isEmpty();
    assertThat(failure.failedSessions()).isEqualTo(1);
    assertThat(failure.reporters()).containsExactly(new DomainName(GOOD));
    assertThat(failure.receivingMx()).containsExactly("mx1.example.com");
  }

  @Test
  void secondSpellShouldForgetWhoSawTheFirst() {
    receive(GOOD, 0, at("mx1.example.com"));
    receive(GOOD, 1);
    receive(BIG, 5, at("mx2.example.com"));

    FailureFigures failure = failure(6);
    assertThat(failure.activeSince()).hasValue(MONDAY.plusDays(5));
    assertThat(failure.firstSeen()).isEqualTo(MONDAY);
    assertThat(failure.reporters()).containsExactly(new DomainName(BIG));
    assertThat(failure.receivingMx()).containsExactly("mx2.example.com");
  }

  @Test
  void lateReportShouldBeSeenAndNotBeActive() {
    LocalDate day = MONDAY.minusDays(40);
    history.receive(GOOD, day, time(MONDAY, 15), sts(0, 1, at("mx1.example.com")));

    FailureFigures failure = failure(0);
    assertThat(failure.lastSeen()).isEqualTo(day);
    assertThat(failure.activeSince()).isEmpty();
    assertThat(failure.reporters()).containsExactly(new DomainName(GOOD));
  }

  @Test
  void hostsShouldBeBounded() {
    for (int day = 0; day < 3; day++) {
      int from = 10 * day;
      receive(
          GOOD,
          day,
          IntStream.range(from, from + 10)
              .mapToObj(i -> at("mx" + i + ".example.com"))
              .toArray(FailureDetails[]::new));
    }

    assertThat(failure(3).receivingMx()).hasSize(20).contains("mx0.example.com");
  }

  @Test
  void hostWithoutAFailedSessionShouldNotBeListed() {
    receive(GOOD, 0, at("mx1.example.com", 0), at("mx2.example.com"));

    assertThat(failure(1).receivingMx()).containsExactly("mx2.example.com");
  }

  @Test
  void partThatRevivesTheFailuresOfItsDayShouldBeginASpell() {
    receive(GOOD, 0, at("mx1.example.com"));
    receive(GOOD, 3, at("mx1.example.com"));
    // The day's failures were over a day ago, eight days after their receipt.
    LocalDate day = MONDAY.plusDays(3);
    history.receive(GOOD, day, time(day.plusDays(10), 15), sts(5, 0));

    DomainFigures figures = history.at(time(day.plusDays(10), 16));
    assertThat(figures.oldestActiveFailure()).hasValue(day);
    FailureFigures failure = figures.failures().getFirst();
    assertThat(failure.activeSessions()).isEqualTo(1);
    assertThat(failure.activeSince()).hasValue(day);
    assertThat(failure.reporters()).containsExactly(new DomainName(GOOD));
  }

  @Test
  void partThatRevivesTheFailuresOfItsDayShouldJoinTheSpellOfAnotherReporter() {
    receive(GOOD, 0, at("mx1.example.com"));
    LocalDate later = MONDAY.plusDays(8);
    history.receive(BIG, later, time(later.plusDays(1), 20), sts(5, 1, at("mx2.example.com")));
    history.receive(GOOD, MONDAY, time(later.plusDays(1), 21), sts(5, 0));

    FailureFigures failure = history.at(time(later.plusDays(1), 22)).failures().getFirst();
    assertThat(failure.activeSessions()).isEqualTo(2);
    assertThat(failure.activeSince()).hasValue(MONDAY);
    assertThat(failure.reporters()).containsExactly(new DomainName(BIG), new DomainName(GOOD));
  }

  @Test
  void whatASenderWroteShouldBeDataOnly() {
    receive(GOOD, 0, at("mx\u0000\n" + "x".repeat(300)), at(" "));

    assertThat(failure(1).receivingMx()).containsExactly("mx??" + "x".repeat(249));
  }

  @Test
  void failureShouldLeaveWithRetentionAndItsCountStay() {
    receive(GOOD, 0, at("mx1.example.com"));

    assertThat(history.state().since(time(MONDAY, 23))).isEqualTo(history.state());
    DomainState later = history.state().since(time(MONDAY.plusDays(1), 0));
    assertThat(later.failures()).isEmpty();
    assertThat(later.totals()).isEqualTo(history.state().totals());
  }

  private void receive(String reporter, int day, FailureDetails... details) {
    LocalDate reported = MONDAY.plusDays(day);
    PolicyResult entry = sts(5, details.length, details);
    history.receive(reporter, reported, time(reported.plusDays(1), 15), entry);
  }

  private static FailureDetails at(String receivingMx) {
    return at(receivingMx, 1);
  }

  private static FailureDetails at(String receivingMx, long sessions) {
    return new FailureDetails(
        new ResultType("certificate-expired"),
        Optional.empty(),
        Optional.of(receivingMx),
        Optional.empty(),
        Optional.empty(),
        sessions,
        Optional.empty(),
        Optional.empty());
  }

  private FailureFigures failure(int day) {
    Instant now = time(MONDAY.plusDays(day), 16);
    return history.at(now).failures().getFirst();
  }
}
