// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import io.tlsrpt.testing.DnsServer.Mood;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A load of new reports, and a kill at a random moment of it. */
final class CrashRound {
  /** So many reports as fast as they go, and then so slowly that they last. */
  private static final int BURST = 400;

  /** Fewer than may wait for the DNS at once. */
  private static final int MOST = 700;

  private static final Duration SLOW = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int number;
  private final Outage outage;
  private final Random random;
  private final List<CrashReport> reports = new ArrayList<>();

  CrashRound(int number, Random random) {
    this.number = number;
    this.outage = Outage.of(number);
    this.random = random;
  }

  /** What is wrong with the DNS; in every other round nothing is. */
  enum Outage {
    NONE,
    /** James dies while reports are being deferred. */
    LASTING,
    /** James dies while deferred reports are being judged again. */
    ENDED;

    private static Outage of(int round) {
      return switch (round % 4) {
        case 1 -> LASTING;
        case 3 -> ENDED;
        default -> NONE;
      };
    }
  }

  /** Every report that a sender was given, whether or not James has answered for it. */
  synchronized List<CrashReport> reports() {
    return List.copyOf(reports);
  }

  int number() {
    return number;
  }

  /** The DNS is up again when this returns. */
  void play(CrashingJames james, Reporters reporters) {
    ReportSenders senders = ReportSenders.start(james.ports(), () -> next(reporters));
    awaitTheMoment(james, reporters);
    senders.expectTheEnd();
    james.kill();
    senders.await();
    reporters.dns().setMood(Mood.ANSWERING);
  }

  private Optional<CrashReport> next(Reporters reporters) {
    int sent = reports().size();
    if (sent >= BURST) {
      Waiting.pause(SLOW);
    }
    return sent < MOST ? Optional.of(add(reporters)) : Optional.empty();
  }

  private synchronized CrashReport add(Reporters reporters) {
    CrashReport report = CrashReport.of(number, reports.size(), reporters);
    reports.add(report);
    return report;
  }

  private void awaitTheMoment(CrashingJames james, Reporters reporters) {
    switch (outage) {
      case NONE -> pause(0, 3_000);
      case LASTING -> {
        pause(0, 500);
        reporters.dns().setMood(Mood.SERVFAIL);
        awaitDeferrals(james);
        pause(0, 2_000);
      }
      case ENDED -> {
        reporters.dns().setMood(Mood.SERVFAIL);
        pause(1_000, 3_000);
        reporters.dns().setMood(Mood.ANSWERING);
        awaitRetries(james);
        pause(0, 300);
      }
    }
  }

  private static void awaitDeferrals(CrashingJames james) {
    Waiting.until(PATIENCE, "a report is deferred", () -> !james.waitingMails().isEmpty());
  }

  /** The first of them come at once: all that have waited for ten seconds. */
  private static void awaitRetries(CrashingJames james) {
    awaitDeferrals(james);
    Set<Path> waiting = james.waitingMails();
    Waiting.until(
        PATIENCE,
        "a deferred report is judged again",
        () -> !james.waitingMails().containsAll(waiting));
  }

  private void pause(int leastMillis, int mostMillis) {
    Waiting.pause(Duration.ofMillis(random.nextInt(leastMillis, mostMillis)));
  }
}
