// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Kills James again and again under load. Its queue dies with it, so some mails are never judged;
 * but what has passed us is counted, and what comes again is not counted again.
 *
 * <p>{@code -Dcrash.rounds=…} for more of them, {@code -Dcrash.seed=…} for the same again, as far
 * as threads allow.
 */
class CrashIT {
  private static final int ROUNDS = Integer.getInteger("crash.rounds", 30);
  private static final long SEED = Long.getLong("crash.seed", System.nanoTime());

  private final Random random = new Random(SEED);
  private final List<CrashReport> sent = new ArrayList<>();
  private CrashTally tally = CrashTally.NONE;

  @Test
  void everyReportShouldCountOnceHoweverOftenJamesIsKilled() {
    try (Reporters reporters = new Reporters();
        CrashingJames james = CrashingJames.start("james-crash", reporters)) {
      System.out.println("-Dcrash.seed=" + SEED);
      for (int number = 1; number <= ROUNDS; number++) {
        play(number, james, reporters);
      }
      james.assertSound();
    }
    assertThat(tally.unfinished()).as("mails that died with James").isPositive();
    assertThat(tally.killsWithWaiting())
        .as("kills while mails waited")
        .isGreaterThanOrEqualTo(ROUNDS / 4);
    assertThat(tally.duplicates()).as("reports that came again").isPositive();
  }

  private void play(int number, CrashingJames james, Reporters reporters) {
    try {
      CrashRound round = new CrashRound(number, random);
      round.play(james, reporters);
      sent.addAll(round.reports());
      inspect(round, james);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("round %d, -Dcrash.seed=%d".formatted(number, SEED), e);
    }
  }

  private void inspect(CrashRound round, CrashingJames james) {
    List<String> passed = james.takeRecord();
    int waiting = james.waitingMails().size();
    james.assertSound();
    james.restart(round.number());
    try (JmxClient jmx = james.jmx()) {
      CrashInspection inspection = new CrashInspection(james, jmx, sent);
      inspection.awaitQuiet(waiting);
      inspection.assertStored(passed);
      long storedAndWaiting = inspection.duplicates();

      ReportSenders.send(james.ports(), round.reports());
      inspection.awaitQuiet(waiting + round.reports().size());
      inspection.assertAllStored();
      long duplicates = inspection.duplicates() - storedAndWaiting;
      tell(CrashTally.of(round.reports(), passed, waiting, storedAndWaiting, duplicates));
    }
    james.assertSound();
  }

  private void tell(CrashTally round) {
    tally = tally.plus(round);
    System.out.println("this round: " + round);
    System.out.println("up to now:  " + tally);
  }
}
