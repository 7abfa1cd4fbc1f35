// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckStateTest {
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
  private static final Seen BROKEN = Seen.failing("no STARTTLS");

  /** Looks that lie a quarter of an hour apart, and what is shown after the last one. */
  @ParameterizedTest
  @CsvSource({
    "ok, ok",
    "absent, absent",
    "unknown, unknown",
    "failing, not-yet",
    "failing failing, failing",
    "ok failing, ok",
    "ok failing failing, failing",
    "ok failing ok failing ok failing, ok",
    "ok unknown, ok",
    "ok unknown unknown, unknown",
    "ok absent, ok",
    "ok absent absent, absent",
    "absent ok ok, ok",
    "unknown failing, unknown",
    "unknown failing failing, failing",
    "failing failing ok, ok",
    "failing failing absent, failing",
    "failing failing absent absent, absent",
    "failing failing unknown unknown unknown, failing",
    "ok off, off",
    "off failing, off",
    "off ok, ok"
  })
  void statusShouldFollowTwoLooksThatAgree(String looks, String shown) {
    CheckState state = after(Duration.ofMinutes(15), looks);

    assertThat(state.status().key()).isEqualTo(shown);
  }

  @Test
  void twoLooksWithinTenMinutesShouldCountAsOne() {
    CheckState state = after(Duration.ofMinutes(1), "ok failing failing failing");

    assertThat(state.status()).isEqualTo(CheckStatus.OK);
    assertThat(state.isInDoubt()).isTrue();
  }

  @Test
  void failingShouldBecomeUnknownAfterADayOfBlindness() {
    CheckState state = after(Duration.ofHours(12), "failing failing unknown unknown");

    assertThat(state.status()).isEqualTo(CheckStatus.FAILING);
    assertThat(state.after(Seen.unknown("no answer"), START.plus(Duration.ofDays(3))).status())
        .isEqualTo(CheckStatus.UNKNOWN);
  }

  /**
   * Such as 454 in answer to STARTTLS: it confirms a report, so it must not be a minute's trouble.
   */
  @Test
  void unknownThatMayConfirmAReportShouldBeInDoubtOnce() {
    Seen suspicious = Seen.unknown("454", FailureKind.STARTTLS_NOT_SUPPORTED);
    CheckState once = CheckState.before(Seen.NOT_YET, START).after(suspicious, START);

    assertThat(once.status()).isEqualTo(CheckStatus.UNKNOWN);
    assertThat(once.isInDoubt()).isTrue();
    assertThat(once.after(suspicious, START.plus(Duration.ofMinutes(11))).isInDoubt()).isFalse();
    assertThat(CheckState.before(Seen.NOT_YET, START).after(Seen.unknown("x"), START).isInDoubt())
        .isFalse();
  }

  @Test
  void stateThatStaysOtherwiseShouldNotBeInDoubt() {
    CheckState once = after(Duration.ofHours(1), "failing failing unknown");

    assertThat(once.isInDoubt()).isTrue();
    assertThat(after(Duration.ofHours(1), "failing failing unknown unknown").isInDoubt()).isFalse();
  }

  @Test
  void clockSetBackShouldNotDelayTheSecondLook() {
    CheckState state = after(Duration.ofHours(12), "ok failing");
    Instant earlier = START.minus(Duration.ofDays(365));

    CheckState first = state.after(BROKEN, earlier);
    CheckState second = first.after(BROKEN, earlier.plus(Duration.ofMinutes(10)));

    assertThat(first.status()).isEqualTo(CheckStatus.OK);
    assertThat(first.since()).isEqualTo(earlier);
    assertThat(second.status()).isEqualTo(CheckStatus.FAILING);
    assertThat(second.since()).isEqualTo(earlier);
  }

  @Test
  void sinceShouldBeTheFirstOfTheLooksThatAgree() {
    CheckState state = after(Duration.ofHours(12), "ok failing failing failing");

    assertThat(state.since()).isEqualTo(START.plus(Duration.ofHours(24)));
  }

  @Test
  void brokenShouldBeTheLastLookThatSawItFailing() {
    CheckState state = after(Duration.ofHours(12), "failing failing ok ok");

    assertThat(state.broken())
        .contains(new CheckState.Broken(BROKEN, START.plus(Duration.ofHours(24))));
    assertThat(state.last().firstAt()).isEqualTo(START.plus(Duration.ofHours(36)));
  }

  @Test
  void oneLookShouldNotChangeWhatIsSaid() {
    CheckState state = after(Duration.ofMinutes(15), "ok failing");

    assertThat(state.findings()).isEmpty();
    assertThat(state.last().seen()).isEqualTo(BROKEN);
  }

  @Test
  void findingsShouldBeBounded() {
    List<String> many = IntStream.range(0, 100).mapToObj(i -> "x".repeat(1_000)).toList();

    Seen seen = new Seen(CheckStatus.FAILING, Set.of(), many, many);

    assertThat(seen.findings()).hasSize(20).allMatch(finding -> finding.length() == 200);
  }

  private static CheckState after(Duration pause, String looks) {
    CheckState state = CheckState.before(Seen.NOT_YET, START);
    Instant at = START;
    for (CheckStatus status : statuses(looks)) {
      at = at.plus(pause);
      state = state.after(seen(status), at);
    }
    return state;
  }

  private static List<CheckStatus> statuses(String looks) {
    return Arrays.stream(looks.split(" ", -1))
        .map(look -> CheckStatus.valueOf(look.toUpperCase(Locale.ROOT)))
        .toList();
  }

  private static Seen seen(CheckStatus status) {
    return switch (status) {
      case FAILING -> BROKEN;
      case OK -> Seen.OK;
      case UNKNOWN -> Seen.unknown("no answer");
      case ABSENT -> Seen.absent("nothing is published");
      case OFF -> Seen.OFF;
      case NOT_YET -> Seen.NOT_YET;
    };
  }
}
