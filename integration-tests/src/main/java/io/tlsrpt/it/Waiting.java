// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another process does in its own time. */
public final class Waiting {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private Waiting() {}

  /**
   * Asks again and again.
   *
   * @throws IllegalStateException if it has not come true in time
   */
  public static void until(Duration timeout, String what, BooleanSupplier condition) {
    long end = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(
            "waited " + timeout.toSeconds() + " s in vain until " + what);
      }
      pause(PAUSE);
    }
  }

  static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
