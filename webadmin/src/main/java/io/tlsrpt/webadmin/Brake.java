// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Has pages made by half of the processors at once, so that mails find the other half, however many
 * people look at the same moment. It brakes and refuses nobody: who has waited for half a second
 * goes on, since the page before may be waiting for a database. May be used by many threads at
 * once.
 */
final class Brake {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Semaphore turns;
  private final Duration patience;

  Brake(int turns, Duration patience) {
    this.turns = new Semaphore(turns, true);
    this.patience = patience;
  }

  static Brake ofHalf(int processors) {
    return new Brake(Math.max(1, processors / 2), PATIENCE);
  }

  /** Makes a page when it is its turn. */
  <T> T inTurn(Supplier<T> page) {
    boolean turn = await();
    try {
      return page.get();
    } finally {
      if (turn) {
        turns.release();
      }
    }
  }

  private boolean await() {
    try {
      return turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // The server stops: whoever makes the page will notice.
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
