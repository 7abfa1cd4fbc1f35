// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.ResultCases.Case;
import io.tlsrpt.figures.posture.Check;
import io.tlsrpt.figures.posture.CheckEvent;
import io.tlsrpt.figures.posture.CheckState;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.MxCheck;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each result type of RFC 8460 §4.3 from servers that have that fault, through everything: silent
 * at the first look, told at the second.
 */
@Tag("slow")
@Timeout(120)
@ExtendWith(NothingLeft.class)
class ResultTypesTest {
  /** In which a second look follows the first. */
  private static final Duration UNTIL_SECOND_LOOK = Duration.ofMinutes(17);

  static Stream<Case> all() {
    return Stream.of(
            ResultCases.ofHosts(),
            ResultCases.ofDane(),
            ResultCases.ofPolicies(),
            ResultCases.ofOthers())
        .flatMap(cases -> cases);
  }

  @ParameterizedTest
  @MethodSource("all")
  void faultShouldBeToldAtTheSecondLook(Case row) throws Exception {
    try (World world = new World(row.limits(), "127.0.0.0/8")) {
      row.before().accept(world);
      world.look();
      world.look();
      assertThat(failing(world)).as("before").isEmpty();

      row.fault().accept(world);
      world.look();
      CheckState.Looked seen = state(world, row.check()).last();
      assertThat(seen.seen().status()).as(seen.toString()).isEqualTo(row.status());
      assertThat(seen.seen().kinds()).as(seen.toString()).isEqualTo(row.kinds());
      assertThat(String.join("; ", seen.seen().findings())).contains(row.words());
      assertThat(failing(world)).as("after one look").isEmpty();
      assertThat(world.told).as("after one look").isEmpty();

      world.pass(UNTIL_SECOND_LOOK);
      assertThat(state(world, row.check()).status()).isEqualTo(row.status());
      if (row.status() == CheckStatus.FAILING) {
        Set<Check> turned = new HashSet<>(row.also());
        turned.add(row.check());
        assertThat(world.told)
            .allMatch(CheckEvent::failing)
            .anyMatch(event -> row.says(event.words()))
            .extracting(CheckEvent::check)
            .containsExactlyInAnyOrderElementsOf(turned);
        assertThat(failing(world)).containsOnlyKeys(turned);
      } else {
        assertThat(world.told).isEmpty();
        assertThat(failing(world)).isEmpty();
      }
    }
  }

  private static CheckState state(World world, Check check) {
    return switch (check) {
      case DomainCheck ofDomain -> world.posture().check(ofDomain);
      case MxCheck ofHost -> world.host().check(ofHost);
    };
  }

  private static Map<Check, CheckState> failing(World world) {
    Map<Check, CheckState> all = new HashMap<>(world.posture().checks());
    all.putAll(world.host().checks());
    all.values().removeIf(state -> state.status() != CheckStatus.FAILING);
    return all;
  }
}
