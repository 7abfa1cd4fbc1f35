// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static io.tlsrpt.figures.History.GOOD;
import static io.tlsrpt.figures.History.MONDAY;
import static io.tlsrpt.figures.History.RULES;
import static io.tlsrpt.figures.History.WINDOW;
import static io.tlsrpt.figures.History.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.event.MailLoss;
import io.tlsrpt.report.PolicyType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A domain begins to lose mail, and ceases to. */
class MailLossTest {
  private static final LocalDate THURSDAY = MONDAY.plusDays(3);
  private static final Instant THEN = time(THURSDAY, 15);
  private static final Instant NOW = time(THURSDAY.plusDays(1), 15);

  @Test
  void failureInModeEnforceShouldBeginIt() {
    assertThat(losses(days("enforce"), plus(days("enforce"), "enforce", 2), NOW))
        .containsExactly(new MailLoss(Reports.DOMAIN, true, NOW));
  }

  @Test
  void failureInModeTestingShouldNotBeginIt() {
    assertThat(losses(days("testing"), plus(days("testing"), "testing", 2), NOW)).isEmpty();
  }

  @Test
  void modeThatBecomesEnforceWhileSomethingFailsShouldBeginIt() {
    DomainState failing = plus(days("testing"), "testing", 2);

    assertThat(losses(failing, plus(failing, "enforce", 1), NOW))
        .containsExactly(new MailLoss(Reports.DOMAIN, true, NOW));
  }

  @Test
  void timeAloneShouldEndIt() {
    DomainState failing = plus(days("enforce"), "enforce", 2);
    Instant later = NOW.plus(Duration.ofDays(12));

    assertThat(losses(failing, failing, later))
        .containsExactly(new MailLoss(Reports.DOMAIN, false, later));
    assertThat(losses(failing, failing, NOW)).isEmpty();
  }

  @Test
  void figuresShouldSayTheSame() {
    for (DomainState state : List.of(days("enforce"), plus(days("enforce"), "enforce", 2))) {
      assertThat(state.isLosingMail(NOW, WINDOW)).isEqualTo(state.figures(NOW, RULES).losingMail());
    }
  }

  private static List<DomainEvent> losses(DomainState before, DomainState after, Instant now) {
    return DomainEvent.between(before, now.equals(NOW) ? THEN : NOW, after, now, RULES).stream()
        .filter(MailLoss.class::isInstance)
        .toList();
  }

  /** Three days without a failure, after which the reporter is believed. */
  private static DomainState days(String mode) {
    DomainState state = DomainState.of(Reports.DOMAIN);
    for (int day = 0; day < 3; day++) {
      state = plus(state, mode, 0, MONDAY.plusDays(day));
    }
    return state;
  }

  private static DomainState plus(DomainState state, String mode, long failed) {
    return plus(state, mode, failed, THURSDAY);
  }

  private static DomainState plus(DomainState state, String mode, long failed, LocalDate day) {
    Instant receipt = time(day.plusDays(1), 15);
    return state.plus(
        Reports.contribution(
            Reports.report(
                GOOD,
                day,
                receipt,
                Reports.entry(PolicyType.STS, List.of("mode: " + mode), 5, failed))),
        receipt,
        WINDOW);
  }
}
