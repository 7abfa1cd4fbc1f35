// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static io.tlsrpt.figures.Reports.contribution;
import static io.tlsrpt.figures.Reports.failed;
import static io.tlsrpt.figures.Reports.report;
import static io.tlsrpt.figures.Reports.sts;
import static io.tlsrpt.figures.Reports.tlsa;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.PolicyType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One reporter, that reports daily for a week. */
class DomainHealthTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-06-01");
  private static final Instant LAST_RECEIPT = receipt(FIRST.plusDays(6));

  @Test
  void domainWithoutReportShouldBeNever() {
    assertThat(health(DomainState.of(Reports.DOMAIN), LAST_RECEIPT)).isEqualTo(DomainHealth.NEVER);
  }

  @Test
  void domainWithoutFailureShouldBeFineUntilItsReporterIsSilent() {
    DomainState state = week(sts(5, 0));
    assertThat(health(state, LAST_RECEIPT.plus(Duration.ofDays(1)))).isEqualTo(DomainHealth.FINE);
    assertThat(health(state, LAST_RECEIPT.plus(Duration.ofDays(8)))).isEqualTo(DomainHealth.SILENT);
    assertThat(health(state, LAST_RECEIPT.plus(Duration.ofDays(60))))
        .as("nobody has been heard of for the failure window")
        .isEqualTo(DomainHealth.SILENT);
  }

  @Test
  void failureShouldLoseMailOnlyIfSendersKeepItBack() {
    PolicyResult testing =
        Reports.entry(
            PolicyType.STS, List.of("mode: testing"), 5, 2, failed("certificate-expired", 2));
    assertThat(health(week(testing), LAST_RECEIPT)).isEqualTo(DomainHealth.FAILING);
    assertThat(health(week(sts(5, 2, failed("certificate-expired", 2))), LAST_RECEIPT))
        .isEqualTo(DomainHealth.LOSING);
    assertThat(health(week(tlsa(5, 2, failed("tlsa-invalid", 2))), LAST_RECEIPT))
        .isEqualTo(DomainHealth.LOSING);
  }

  @Test
  void reporterShouldBeShownWithItsRhythm() {
    ReporterFigures reporter =
        week(sts(5, 2, failed("certificate-expired", 2)))
            .reporterFigures(LAST_RECEIPT.plus(Duration.ofDays(8)))
            .getFirst();
    assertThat(reporter.usualGap()).hasValue(1);
    assertThat(reporter.overdue()).isTrue();
    assertThat(reporter.lastHeard()).isEqualTo(LAST_RECEIPT);
    assertThat(reporter.newestDay()).isEqualTo(FIRST.plusDays(6));
    assertThat(reporter.sessions()).isEqualTo(new SessionCounts(5, 2));
    assertThat(reporter.failures().sum()).isEqualTo(2);
  }

  private static DomainHealth health(DomainState state, Instant now) {
    return DomainHealth.of(state.figures(now, History.RULES));
  }

  private static DomainState week(PolicyResult said) {
    DomainState state = DomainState.of(Reports.DOMAIN);
    for (int i = 0; i < 7; i++) {
      LocalDate day = FIRST.plusDays(i);
      state =
          state.plus(
              contribution(report("good.example", day, receipt(day), said)),
              receipt(day),
              FailureWindow.DEFAULT);
    }
    return state;
  }

  private static Instant receipt(LocalDate day) {
    return day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }
}
