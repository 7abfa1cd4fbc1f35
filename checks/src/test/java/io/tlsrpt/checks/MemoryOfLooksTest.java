// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.OpenDoors.Door;
import io.tlsrpt.figures.posture.CheckEvent;
import io.tlsrpt.figures.posture.CheckState;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.MxCheck;
import io.tlsrpt.figures.posture.Seen;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What looks remember of each other: open doors, dead addresses, what was told. */
class MemoryOfLooksTest {
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

  private Instant now = START;
  private final OpenDoors doors = new OpenDoors(() -> now);
  private final Contacts contacts = new Contacts(() -> now);
  private final Turns turns = new Turns();

  @Test
  void doorShouldBeOpenForSevenDaysAfterASuccess() {
    assertThat(doors.isOpen(Door.HTTPS)).isFalse();
    doors.opened(Door.HTTPS);
    assertThat(doors.isOpen(Door.SMTP)).isFalse();

    now = START.plus(Duration.ofDays(7)).minusSeconds(1);
    assertThat(doors.isOpen(Door.HTTPS)).isTrue();
    now = START.plus(Duration.ofDays(7));
    assertThat(doors.isOpen(Door.HTTPS)).isFalse();
    assertThat(OpenDoors.closed(Door.SMTP))
        .isEqualTo("no connection to port 25 has succeeded from this server; is it allowed to?");
  }

  @Test
  void doorShouldNotBeOpenByAClockThatWasWrong() {
    now = START.plus(Duration.ofDays(1_000));
    doors.opened(Door.HTTPS);
    now = START;

    assertThat(doors.isOpen(Door.HTTPS)).isFalse();
  }

  @Test
  void deadAddressShouldNotBeAskedForOthersForHalfAnHour() {
    InetSocketAddress dead = address(443);
    contacts.silent(dead, "example.com");

    assertThat(contacts.silentFor(dead, "example.net")).contains("example.com");
    assertThat(contacts.silentFor(dead, "example.com")).isEmpty();
    assertThat(contacts.silentFor(address(444), "example.net")).isEmpty();
    now = START.plus(Duration.ofMinutes(30));
    assertThat(contacts.silentFor(dead, "example.net")).isEmpty();
  }

  @Test
  void addressThatAnswersShouldBeAskedAgain() {
    contacts.silent(address(443), "example.com");
    contacts.answered(address(443));

    assertThat(contacts.silentFor(address(443), "example.net")).isEmpty();
  }

  @Test
  void deadAddressesShouldNotPileUp() {
    for (int i = 1; i <= 10_001; i++) {
      contacts.silent(address(i), "example.com");
    }
    assertThat(contacts.silentFor(address(10_001), "example.net")).isEmpty();

    now = START.plus(Duration.ofHours(1));
    contacts.silent(address(10_001), "example.com");
    assertThat(contacts.silentFor(address(10_001), "example.net")).contains("example.com");
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @ParameterizedTest
  @CsvSource({
    "OK, FAILING, true",
    "UNKNOWN, FAILING, true",
    "ABSENT, FAILING, true",
    "NOT_YET, FAILING, false",
    "FAILING, FAILING, false",
    "FAILING, OK, true",
    "UNKNOWN, OK, false",
    "FAILING, UNKNOWN, false",
    "FAILING, ABSENT, false",
    "OK, UNKNOWN, false"
  })
  void turnShouldBeTold(CheckStatus before, CheckStatus after, boolean told) {
    assertThat(between(before, after)).hasSize(told ? 1 : 0);
  }

  @Test
  void wordsShouldBeOfTheFault() {
    CheckEvent broken = between(CheckStatus.OK, CheckStatus.FAILING).getFirst();
    now = START.plus(Duration.ofHours(1));
    CheckEvent mended = between(CheckStatus.FAILING, CheckStatus.OK).getFirst();

    assertThat(broken)
        .isEqualTo(new CheckEvent("mx.example.com", MxCheck.STARTTLS, true, "one; two", START));
    assertThat(mended)
        .isEqualTo(new CheckEvent("mx.example.com", MxCheck.STARTTLS, false, "one; two", now));
  }

  @Test
  void oneTurnShouldBeToldInAnHour() {
    assertThat(between(CheckStatus.OK, CheckStatus.FAILING)).hasSize(1);
    now = START.plus(Duration.ofMinutes(59));
    turns.forgetBefore(now);
    assertThat(between(CheckStatus.FAILING, CheckStatus.OK)).isEmpty();
    now = START.plus(Duration.ofHours(1));
    assertThat(between(CheckStatus.OK, CheckStatus.FAILING)).hasSize(1);
  }

  @Test
  void clockSetBackShouldNotSilenceForLong() {
    now = START.plus(Duration.ofDays(365));
    assertThat(between(CheckStatus.OK, CheckStatus.FAILING)).hasSize(1);
    now = START;

    assertThat(between(CheckStatus.OK, CheckStatus.FAILING)).hasSize(1);
  }

  private List<CheckEvent> between(CheckStatus before, CheckStatus after) {
    return turns.between(
        "mx.example.com",
        Map.of(MxCheck.STARTTLS, state(before)),
        Map.of(MxCheck.STARTTLS, state(after)),
        now);
  }

  private CheckState state(CheckStatus status) {
    List<String> faults = status == CheckStatus.FAILING ? List.of("one", "two") : List.of();
    Seen seen = new Seen(status, Set.of(), faults, List.of());
    return new CheckState(
        status, now, seen, new CheckState.Looked(seen, now, now), Optional.empty());
  }
}
