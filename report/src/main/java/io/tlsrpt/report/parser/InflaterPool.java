// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.Inflater;

/**
 * Inflaters that wait to be used again, since making one and freeing its native memory takes time.
 * Few are kept; who finds none makes one. May be used by many threads at once.
 */
final class InflaterPool {
  /** Some 40 KB of native memory each; reports rarely come more than one at a time. */
  private static final int KEPT = 4;

  private final ArrayBlockingQueue<Inflater> idle = new ArrayBlockingQueue<>(KEPT);

  /** An inflater of raw deflate data, as new. */
  Inflater take() {
    Inflater used = idle.poll();
    return used == null ? new Inflater(true) : used;
  }

  /**
   * Takes an inflater back, in whatever state a reading left it.
   *
   * @param inflater not to be touched again by who gives it
   */
  void giveBack(Inflater inflater) {
    // At once: what was read stays in memory no longer, and who takes it next gets it as new.
    inflater.reset();
    if (!idle.offer(inflater)) {
      inflater.end();
    }
  }

  int idle() {
    return idle.size();
  }
}
