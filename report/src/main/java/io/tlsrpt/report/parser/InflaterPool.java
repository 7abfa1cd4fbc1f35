// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.Inflater;

/**
 * A pool of inflaters, since making one and freeing its native memory takes time. If none is idle,
 * a new one is made; if the pool is full, an inflater given back is freed. May be used by many
 * threads at once.
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
   * @param inflater not to be used again by the caller
   */
  void giveBack(Inflater inflater) {
    // Reset here and not in take(), so that an idle inflater holds no data of a report.
    inflater.reset();
    if (!idle.offer(inflater)) {
      inflater.end();
    }
  }

  int idle() {
    return idle.size();
  }
}
