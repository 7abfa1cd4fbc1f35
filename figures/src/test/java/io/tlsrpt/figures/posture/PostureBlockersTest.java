// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class PostureBlockersTest {
  private static final Instant NOW = Instant.parse("2026-11-25T14:02:00Z");
  private static final String MX = "mx.example.com";

  private final Map<DomainCheck, CheckState> domain = new EnumMap<>(DomainCheck.class);
  private final Map<MxCheck, CheckState> host = new EnumMap<>(MxCheck.class);
  private PublishedPolicy policy = policy(PublishedMode.TESTING, Optional.of(NOW));

  PostureBlockersTest() {
    for (DomainCheck check : DomainCheck.values()) {
      domain.put(check, looked(Seen.OK));
    }
    for (MxCheck check : MxCheck.values()) {
      host.put(check, looked(Seen.OK));
    }
  }

  @Test
  void nothingShouldBlockWhereAllIsGood() {
    assertThat(blockers(MtaStsMode.TESTING)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MTA_STS | status 301 | the published policy cannot be used: status 301
          MX      | mx2.example.com is an MX host and in no mx: line of the policy | mx2.example.com is an MX host and in no mx: line of the policy
          """)
  void failingCheckOfTheDomainShouldBlock(DomainCheck check, String fault, String blocker) {
    domain.put(check, looked(Seen.failing(fault)));

    assertThat(blockers(MtaStsMode.TESTING)).containsExactly(blocker);
  }

  @ParameterizedTest
  @CsvSource({"TLSRPT_RECORD", "DANE", "DRIFT"})
  void otherChecksShouldNotBlock(DomainCheck check) {
    domain.put(check, looked(Seen.failing("the fault")));

    assertThat(blockers(MtaStsMode.TESTING)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"STARTTLS, true", "CERTIFICATE, true", "CERTIFICATE_LASTS, true", "DANE, false"})
  void failingCheckOfAnMxHostShouldBlock(MxCheck check, boolean blocks) {
    host.put(check, looked(Seen.failing("the fault")));

    assertThat(blockers(MtaStsMode.TESTING))
        .isEqualTo(blocks ? List.of("mx.example.com: the fault") : List.of());
  }

  @ParameterizedTest
  @EnumSource(value = CheckStatus.class, names = "FAILING", mode = Mode.EXCLUDE)
  void whatIsNotKnownShouldNotBlock(CheckStatus status) {
    CheckState state = looked(new Seen(status, Set.of(), List.of("no answer"), List.of()));
    domain.replaceAll((check, before) -> state);
    host.replaceAll((check, before) -> state);

    assertThat(blockers(MtaStsMode.TESTING)).isEmpty();
  }

  /** Published, and seen by the reporters. */
  @ParameterizedTest
  @CsvSource({
    "ENFORCE, TESTING, true",
    "TESTING, ENFORCE, true",
    "ENFORCE, ENFORCE, false",
    "ENFORCE, UNKNOWN, false",
    "UNKNOWN, ENFORCE, false",
    "ABSENT, ENFORCE, false"
  })
  void otherModeThanReportersSeeShouldBlock(
      PublishedMode published, MtaStsMode seen, boolean blocks) {
    policy = policy(published, Optional.of(Instant.parse("2026-11-12T08:00:00Z")));

    assertThat(blockers(seen))
        .isEqualTo(
            blocks
                ? List.of(
                    "the policy published since 12 Nov 2026 has mode %s; reporters see %s"
                        .formatted(published.key(), seen.key()))
                : List.of());
  }

  @Test
  void modeOfOneLookShouldNotBlock() {
    policy = policy(PublishedMode.ENFORCE, Optional.empty());

    assertThat(blockers(MtaStsMode.TESTING)).isEmpty();
  }

  private static PublishedPolicy policy(PublishedMode mode, Optional<Instant> since) {
    return new PublishedPolicy(mode, "1", Duration.ofDays(7), List.of(MX), since);
  }

  private static CheckState looked(Seen seen) {
    return new CheckState(
        seen.status(), NOW, seen, new CheckState.Looked(seen, NOW, NOW), Optional.empty());
  }

  private List<String> blockers(MtaStsMode seen) {
    Posture posture =
        new Posture(
            new DomainName("example.com"),
            domain,
            policy,
            List.of(new Posture.MxRecord(10, MX), new Posture.MxRecord(20, "unseen.example.com")),
            Optional.empty(),
            Optional.of(NOW),
            Optional.empty());
    MxPosture mx = new MxPosture(MX, 1, host, Optional.empty(), Optional.of(NOW));
    return PostureBlockers.of(
        posture, host -> host.equals(MX) ? Optional.of(mx) : Optional.empty(), seen);
  }
}
