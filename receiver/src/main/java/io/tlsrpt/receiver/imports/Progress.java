// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.imports;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tells every few seconds how far the work is. For one thread at a time. */
final class Progress {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Consumer<String> lines;
  private final LongSupplier nanos;
  private long lastTold;

  /**
   * Tells from the first pause on.
   *
   * @param nanos a clock that never goes back, as {@link System#nanoTime}
   */
  Progress(Consumer<String> lines, LongSupplier nanos) {
    this.lines = lines;
    this.nanos = nanos;
    this.lastTold = nanos.getAsLong();
  }

  /** Tells how many are done, if the last time is some seconds ago. */
  void at(long done, long all, String what) {
    long now = nanos.getAsLong();
    if (now - lastTold >= PAUSE.toNanos()) {
      lastTold = now;
      long percent = all == 0 ? 100 : Math.min(100, done * 100 / all);
      lines.accept(String.format(Locale.ROOT, "%,d of %,d %s (%d %%)", done, all, what, percent));
    }
  }

  /** Tells something at once. */
  void tell(String line) {
    lines.accept(line);
  }
}
