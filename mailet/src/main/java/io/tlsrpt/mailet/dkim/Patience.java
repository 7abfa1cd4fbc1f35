// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.dkim;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps a dead DNS server from holding all threads of the spooler. */
final class Patience {
  private static final int MAX_LONG_WAITS = 4;
  private static final Duration LONG = Duration.ofSeconds(1);

  private final Queue<Wait> waits = new ConcurrentLinkedQueue<>();

  /** To be closed when the wait is over. */
  Wait begin() {
    Wait wait = new Wait(System.nanoTime());
    waits.add(wait);
    return wait;
  }

  /** A thread that waits. */
  final class Wait implements AutoCloseable {
    private final long start;

    private Wait(long start) {
      this.start = start;
    }

    /** Whether enough threads have waited for long. */
    boolean isPointless() {
      long now = System.nanoTime();
      return waits.stream().filter(wait -> now - wait.start > LONG.toNanos()).count()
          >= MAX_LONG_WAITS;
    }

    @Override
    public void close() {
      waits.remove(this);
    }
  }
}
