// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.judgement.PolicySight;
import io.tlsrpt.checks.records.MtaStsPolicy;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.CheckState;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.PublishedMode;
import io.tlsrpt.figures.posture.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyMemoryTest {
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration PAUSE = Duration.ofMinutes(15);
  private static final PolicySight.NoPolicy UNREACHED =
      new PolicySight.NoPolicy(Seen.unknown("no answer"), Optional.empty());

  private PolicyMemory memory = PolicyMemory.none(START);
  private CheckState state = CheckState.before(Seen.NOT_YET, START);
  private Instant now = START;

  @Test
  void textThatChangedUnderTheSameIdShouldBeFailingAtTheSecondLook() {
    look(policy("1", "testing", 7));
    look(policy("1", "enforce", 1));
    assertThat(state.status()).isEqualTo(CheckStatus.OK);
    look(policy("1", "enforce", 1));

    assertThat(state.status()).isEqualTo(CheckStatus.FAILING);
    assertThat(state.shown())
        .isEqualTo(
            Seen.failing(
                "the policy was changed on 24 Nov 2026, its id was not: senders that know the old one keep it up to 7 days (max_age)",
                FailureKind.STS_POLICY_INVALID));
  }

  @Test
  void oneDayShouldBeOneDay() {
    look(policy("1", "testing", 1));
    look(policy("1", "enforce", 7));

    assertThat(state.last().seen().faults().getFirst()).endsWith("keep it up to 1 day (max_age)");
  }

  @Test
  void idThatChangesShouldMendIt() {
    changeUnderTheSameId();
    look(policy("2", "enforce", 7));

    assertThat(state.status()).isEqualTo(CheckStatus.OK);
  }

  @Test
  void itShouldEndWhenNobodyCanHaveTheOldTextAnyMore() {
    changeUnderTheSameId();
    now = START.plus(Duration.ofDays(6));
    look(policy("1", "enforce", 1));
    assertThat(state.status()).isEqualTo(CheckStatus.FAILING);
    now = START.plus(Duration.ofDays(8));
    look(policy("1", "enforce", 1));

    assertThat(state.status()).isEqualTo(CheckStatus.OK);
  }

  @Test
  void policyThatIsNotReachedShouldNotEndIt() {
    changeUnderTheSameId();
    look(UNREACHED);
    assertThat(state.last().seen()).isEqualTo(UNREACHED.seen());
    look(policy("1", "enforce", 1));

    assertThat(state.status()).isEqualTo(CheckStatus.FAILING);
    assertThat(memory.policy().mode()).isEqualTo(PublishedMode.ENFORCE);
  }

  @Test
  void idAndTextThatChangeTogetherShouldBeGood() {
    look(policy("1", "testing", 7));
    look(policy("2", "enforce", 7));
    look(policy("2", "enforce", 7));

    assertThat(state.status()).isEqualTo(CheckStatus.OK);
    assertThat(memory.policy().id()).isEqualTo("2");
  }

  @Test
  void modeShouldBeKnownSinceTheFirstOfTwoLooksThatAgree() {
    look(policy("1", "testing", 7));
    assertThat(memory.policy().since()).isEmpty();
    look(policy("1", "testing", 7));
    assertThat(memory.policy().since()).contains(START.plus(PAUSE));

    look(policy("2", "enforce", 7));
    assertThat(memory.policy().since()).isEmpty();
    look(UNREACHED);
    look(policy("2", "enforce", 7));
    assertThat(memory.policy().since()).contains(START.plus(PAUSE.multipliedBy(3)));
  }

  @Test
  void domainThatGivesItUpShouldBeAbsent() {
    look(policy("1", "testing", 7));
    look(new PolicySight.NotPublished(Seen.absent("no MTA-STS record")));

    assertThat(memory.policy().mode()).isEqualTo(PublishedMode.ABSENT);
    assertThat(memory.changed()).isEmpty();
  }

  @Test
  void clockSetBackShouldNotMakeItLastLonger() {
    now = START.plus(Duration.ofDays(1_000));
    changeUnderTheSameId();
    now = START;
    look(policy("1", "enforce", 1));

    assertThat(state.status()).isEqualTo(CheckStatus.OK);
    assertThat(memory.policy().since()).contains(now);
  }

  private void changeUnderTheSameId() {
    look(policy("1", "testing", 7));
    look(policy("1", "enforce", 1));
    look(policy("1", "enforce", 1));
    assertThat(state.status()).isEqualTo(CheckStatus.FAILING);
  }

  private void look(PolicySight sight) {
    now = now.plus(PAUSE);
    memory = memory.after(sight, now);
    state = state.after(memory.judge(sight), now);
  }

  private static PolicySight policy(String id, String mode, int days) {
    String text =
        "version: STSv1\nmode: %s\nmx: mx.example.com\nmax_age: %d\n"
            .formatted(mode, Duration.ofDays(days).toSeconds());
    return new PolicySight.Usable(
        id,
        (MtaStsPolicy.Valid) MtaStsPolicy.parse(text.getBytes(UTF_8)),
        text,
        Optional.empty(),
        List.of());
  }
}
