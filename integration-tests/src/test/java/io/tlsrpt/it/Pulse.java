// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How long James took at most, while something else went on, for what has nothing to do with it.
 *
 * @param jmx to answer a question
 * @param mail to take and handle a mail to somebody else
 */
record Pulse(Duration jmx, Duration mail) {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private static final byte[] MAIL =
      Octets.of(
          """
          From: friend@elsewhere.example
          To: somebody@example.com
          Subject: Hello

          Nothing in particular.
          """);

  /** Feels it again and again until the work is done, at least once. */
  static Pulse during(HostileJames james, Runnable work) {
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<Pulse> longest = thread.submit(() -> feltUntil(over, james));
      try {
        work.run();
      } finally {
        over.set(true);
      }
      return longest.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("James has no pulse", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Pulse feltUntil(AtomicBoolean over, HostileJames james) {
    Pulse longest = new Pulse(Duration.ZERO, Duration.ZERO);
    do {
      longest = longest.or(felt(james));
      Waiting.pause(PAUSE);
    } while (!over.get());
    return longest;
  }

  private static Pulse felt(HostileJames james) {
    return new Pulse(time(james::received), time(() -> james.pass(MAIL)));
  }

  private static Duration time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private Pulse or(Pulse other) {
    return new Pulse(longer(jmx, other.jmx), longer(mail, other.mail));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
