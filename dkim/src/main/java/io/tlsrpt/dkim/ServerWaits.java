// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The server's threads that wait for the DNS: a dead one must not hold all of the spooler. Waits
 * that were in vain count on for a while, or threads that begin to wait together would do so again
 * and again. Thread-safe.
 */
final class ServerWaits {
  private static final int MAX_LONG_WAITS = 4;
  private static final Duration LONG = Duration.ofSeconds(1);
  private static final Duration REMEMBERED = Duration.ofSeconds(30);

  private final Set<Wait> waits = new HashSet<>();
  private final Deque<Long> inVain = new ArrayDeque<>();

  /** Whether enough threads wait for long, or have just waited in vain. */
  synchronized boolean areTooMany() {
    long now = System.nanoTime();
    inVain.removeIf(end -> now - end > REMEMBERED.toNanos());
    long longOnes = waits.stream().filter(wait -> now - wait.start > LONG.toNanos()).count();
    return longOnes + inVain.size() >= MAX_LONG_WAITS;
  }

  /** To be ended by one of its methods. */
  synchronized Wait begin(Caller caller) {
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

    /** The DNS has answered: it is not dead. */
    void endWithAnswer() {
      synchronized (ServerWaits.this) {
        waits.remove(this);
        inVain.clear();
      }
    }

    void endInVain() {
      synchronized (ServerWaits.this) {
        if (waits.remove(this) && inVain.size() < MAX_LONG_WAITS) {
          inVain.add(System.nanoTime());
        }
      }
    }

    /** The DNS was not to blame. */
    void end() {
      synchronized (ServerWaits.this) {
        waits.remove(this);
      }
    }
  }
}
