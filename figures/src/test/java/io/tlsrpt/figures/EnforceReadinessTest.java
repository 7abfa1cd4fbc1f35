// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static io.tlsrpt.figures.History.BIG;
import static io.tlsrpt.figures.History.GOOD;
import static io.tlsrpt.figures.History.MONDAY;
import static io.tlsrpt.figures.History.time;
import static io.tlsrpt.figures.Reports.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.PolicyType;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From testing to enforce: when the data allow it, and what is said when they do not. */
class EnforceReadinessTest {
  private final History history = new History();

  @Test
  void twoQuietWeeksOfTwoReportersShouldDo() {
    quietDays(13);
    assertThat(blockers(13)).containsExactly("reports for 13 of the last 21 days; 14 are needed");

    quiet(GOOD, MONDAY.plusDays(13));
    assertThat(blockers(14)).isEmpty();
    assertThat(history.at(time(MONDAY.plusDays(14), 16)).enforceReady()).isTrue();
  }

  @Test
  void daysShouldCountAsLongAsTheyAreRecent() {
    quietDays(14);

    assertThat(blockers(20)).isEmpty();
    assertThat(blockers(21)).containsExactly("reports for 13 of the last 21 days; 14 are needed");
    assertThat(blockers(40))
        .containsExactly(
            "the policy mode is unknown, not testing",
            "reports for 0 of the last 21 days; 14 are needed",
            "reporters in the last 14 days: 0; 2 are needed");
  }

  @Test
  void dayToComeShouldBeNoneOfTheLastDays() {
    quietDays(13);
    LocalDate tomorrow = MONDAY.plusDays(15);
    PolicyResult entry = Reports.entry(PolicyType.STS, List.of("mode: testing"), 5, 0);
    history.receive(GOOD, tomorrow, time(tomorrow.minusDays(1), 15), entry);

    assertThat(blockers(14)).containsExactly("reports for 13 of the last 21 days; 14 are needed");
    assertThat(blockers(15)).isEmpty();
  }

  @Test
  void oneReporterShouldNotDo() {
    for (int day = 0; day < 15; day++) {
      quiet(GOOD, MONDAY.plusDays(day));
    }

    assertThat(blockers(15)).containsExactly("reporters in the last 14 days: 1; 2 are needed");
  }

  @Test
  void enforceShouldNotBeReadyForEnforce() {
    for (int day = 0; day < 15; day++) {
      receive(GOOD, MONDAY.plusDays(day), "enforce");
      receive(BIG, MONDAY.plusDays(day), "enforce");
    }

    assertThat(blockers(15)).containsExactly("the policy mode is enforce, not testing");
  }

  @Test
  void failuresShouldBlockForTwoWeeksAlsoWhenNoLongerActive() {
    quietDays(4);
    failing(GOOD, MONDAY.plusDays(4), failed("certificate-expired", 3));
    failing(BIG, MONDAY.plusDays(5), failed("certificate-expired", 4), failed("no-such-type", 1));
    for (int day = 6; day < 17; day++) {
      quiet(GOOD, MONDAY.plusDays(day));
      quiet(BIG, MONDAY.plusDays(day));
    }

    assertThat(history.at(time(MONDAY.plusDays(17), 16)).failing()).isFalse();
    assertThat(blockers(17))
        .containsExactly(
            "failed sessions in the last 14 days: 7 certificate-expired, the latest on 2026-06-06",
            "failed sessions in the last 14 days: 1 other, the latest on 2026-06-06");
    assertThat(blockers(19)).isEmpty();
  }

  @Test
  void failuresOfDaneShouldNotBlock() {
    for (int day = 0; day < 15; day++) {
      failing(
          GOOD,
          MONDAY.plusDays(day),
          failed("tlsa-invalid", 1),
          failed("dnssec-invalid", 1),
          failed("dane-required", 1));
      quiet(BIG, MONDAY.plusDays(day));
    }

    assertThat(blockers(15)).isEmpty();
  }

  @Test
  void unexplainedFailuresShouldBlock() {
    quietDays(15);
    failing(GOOD, MONDAY.plusDays(15));

    assertThat(blockers(16)).singleElement().asString().contains("1 unspecified");
  }

  private void quietDays(int days) {
    for (int day = 0; day < days; day++) {
      quiet(day % 2 == 0 ? GOOD : BIG, MONDAY.plusDays(day));
    }
  }

  private void quiet(String reporter, LocalDate day) {
    receive(reporter, day, "testing");
  }

  private void receive(String reporter, LocalDate day, String mode) {
    PolicyResult entry = Reports.entry(PolicyType.STS, List.of("mode: " + mode), 5, 0);
    history.receive(reporter, day, time(day.plusDays(1), 15), entry);
  }

  private void failing(String reporter, LocalDate day, FailureDetails... details) {
    PolicyResult entry =
        Reports.entry(
            PolicyType.STS, List.of("mode: testing"), 5, Math.max(1, details.length), details);
    history.receive(reporter, day, time(day.plusDays(1), 15), entry);
  }

  /** In the afternoon of a day, counted from the first Monday. */
  private List<String> blockers(int day) {
    return history.at(time(MONDAY.plusDays(day), 16)).enforceBlockers();
  }
}
