// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.dkim;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The server's threads that wait for the DNS: a dead one must not hold all of the spooler. */
final class ServerWaits {
  private static final int MAX_LONG_WAITS = 4;
  private static final Duration LONG = Duration.ofSeconds(1);

  private final Queue<Wait> waits = new ConcurrentLinkedQueue<>();

  /** Whether enough threads have waited for long. */
  boolean areTooMany() {
    long now = System.nanoTime();
    return waits.stream().filter(wait -> now - wait.start > LONG.toNanos()).count()
        >= MAX_LONG_WAITS;
  }

  /** To be ended when the wait is over. */
  Wait begin(Caller caller) {
    Wait wait = new Wait(System.nanoTime());
    if (caller == Caller.SERVER) {
      waits.add(wait);
    }
    return wait;
  }

  /** A thread that waits. */
  final class Wait {
    private final long start;

    private Wait(long start) {
      this.start = start;
    }

    void end() {
      waits.remove(this);
    }
  }
}
