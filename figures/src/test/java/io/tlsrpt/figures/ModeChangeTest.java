// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static io.tlsrpt.figures.History.GOOD;
import static io.tlsrpt.figures.History.MONDAY;
import static io.tlsrpt.figures.History.RULES;
import static io.tlsrpt.figures.History.WINDOW;
import static io.tlsrpt.figures.History.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.event.FirstReport;
import io.tlsrpt.figures.event.ModeChange;
import io.tlsrpt.report.MtaStsMode;
import io.tlsrpt.report.PolicyType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A domain goes to another MTA-STS mode, as its reporters see it. */
class ModeChangeTest {
  private static final Instant TUESDAY = time(MONDAY.plusDays(1), 15);
  private static final Instant WEDNESDAY = time(MONDAY.plusDays(2), 15);

  private final DomainState nothing = DomainState.of(Reports.DOMAIN);
  private final DomainState testing = plus(nothing, "testing", MONDAY, TUESDAY);

  @Test
  void firstReportShouldBeNoChange() {
    assertThat(DomainEvent.between(nothing, TUESDAY, testing, TUESDAY, RULES))
        .containsExactly(new FirstReport(Reports.DOMAIN, TUESDAY));
  }

  @Test
  void newModeShouldBeTold() {
    DomainState enforced = plus(testing, "enforce", MONDAY.plusDays(1), WEDNESDAY);

    assertThat(DomainEvent.between(testing, TUESDAY, enforced, WEDNESDAY, RULES))
        .containsExactly(
            new ModeChange(Reports.DOMAIN, MtaStsMode.TESTING, MtaStsMode.ENFORCE, WEDNESDAY));
    assertThat(DomainEvent.between(enforced, WEDNESDAY, enforced, WEDNESDAY, RULES)).isEmpty();
  }

  @Test
  void modeThatNobodyVotesForAnyMoreShouldBeUnknown() {
    Instant later = TUESDAY.plus(Duration.ofDays(15));

    assertThat(DomainEvent.between(testing, TUESDAY, testing, later, RULES))
        .containsExactly(
            new ModeChange(Reports.DOMAIN, MtaStsMode.TESTING, MtaStsMode.UNKNOWN, later));
  }

  private static DomainState plus(DomainState state, String mode, LocalDate day, Instant receipt) {
    return state.plus(
        Reports.contribution(
            Reports.report(
                GOOD, day, receipt, Reports.entry(PolicyType.STS, List.of("mode: " + mode), 5, 0))),
        receipt,
        WINDOW);
  }
}
