// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.posture.PublishedMode;
import io.tlsrpt.figures.posture.PublishedPolicy;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftJudgementTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  /** The published mode, for how many hours it was seen, and what reporters see by vote. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ENFORCE | 1   | ENFORCE | OK      |
          ENFORCE | 49  | TESTING | FAILING | the policy has mode enforce, reporters see testing (r0.example), which their older copy allows until 29 Nov 2026
          TESTING | 49  | ENFORCE | FAILING | the policy has mode testing, reporters see enforce (r0.example), which their older copy allows until 29 Nov 2026
          ENFORCE | 47  | TESTING | UNKNOWN | the published mode is new: reports speak of the days before
          ENFORCE | 100 | UNKNOWN | UNKNOWN | no reporter says which mode it saw
          ABSENT  | 100 | ENFORCE | ABSENT  | no MTA-STS policy
          UNKNOWN | 100 | ENFORCE | UNKNOWN | the published mode is not known
          """)
  void publishedModeShouldBeComparedWithTheVote(
      PublishedMode published, int hours, MtaStsMode vote, String status, String words) {
    Seen seen =
        DriftJudgement.judge(
            policy(published, Optional.of(NOW.minus(Duration.ofHours(hours)))),
            facts(vote, 1),
            NOW);

    assertThat(seen.status()).hasToString(status);
    assertThat(String.join("; ", seen.findings())).isEqualTo(words == null ? "" : words);
  }

  @Test
  void oneLookShouldNotBeEnough() {
    Seen seen =
        DriftJudgement.judge(
            policy(PublishedMode.ENFORCE, Optional.empty()), facts(MtaStsMode.TESTING, 1), NOW);

    assertThat(seen.status()).hasToString("UNKNOWN");
  }

  @Test
  void fiveReportersShouldBeNamed() {
    Optional<Instant> since = Optional.of(NOW.minus(Duration.ofDays(3)));

    assertThat(words(since, 7))
        .contains(" (r0.example, r1.example, r2.example, r3.example, r4.example),");
    assertThat(words(since, 0)).contains("reporters see testing, which their");
  }

  private static String words(Optional<Instant> since, int reporters) {
    return DriftJudgement.judge(
            policy(PublishedMode.ENFORCE, since), facts(MtaStsMode.TESTING, reporters), NOW)
        .faults()
        .getFirst();
  }

  private static PublishedPolicy policy(PublishedMode mode, Optional<Instant> since) {
    return new PublishedPolicy(mode, "1", Duration.ofDays(7), List.of(), since);
  }

  private static ReportedFacts facts(MtaStsMode vote, int reporters) {
    return new ReportedFacts(
        Optional.of(NOW),
        vote,
        IntStream.range(0, reporters)
            .mapToObj(i -> new DomainName("r" + i + ".example"))
            .collect(Collectors.toMap(name -> name, name -> vote)));
  }
}
