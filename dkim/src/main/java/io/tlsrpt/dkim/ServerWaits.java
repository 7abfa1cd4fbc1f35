// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The server's threads that wait for the DNS. It has about 20 of them for all its mail, and none
 * shall stand still for a name server that says nothing:
 *
 * <ul>
 *   <li>8 at most wait for one owner's keys;
 *   <li>an owner for whom a thread has waited in vain is not waited for again for 30 seconds;
 *   <li>while four owners or more are silent, four threads wait in all.
 * </ul>
 *
 * Who may not wait has no answer now, and asks again. Thread-safe.
 */
final class ServerWaits {
  private static final int MAX_FOR_AN_OWNER = 8;
  private static final int MANY_SILENT = 4;
  private static final int MAX_WHILE_MANY_ARE_SILENT = 4;
  private static final Duration LONG = Duration.ofSeconds(1);
  private static final Duration REMEMBERED = Duration.ofSeconds(30);

  private final Set<Wait> waits = new HashSet<>();

  /** The owners for whom somebody waited in vain, and when that ended. */
  private final Map<String, Long> inVain = new HashMap<>();

  /**
   * Begins to wait.
   *
   * @param owner of the key: its organisation, say
   * @return to be closed; empty if the thread must not wait
   */
  synchronized Optional<Wait> begin(String owner) {
    long now = System.nanoTime();
    inVain.values().removeIf(end -> now - end > REMEMBERED.toNanos());
    long forThisOwner = waits.stream().filter(wait -> wait.owner.equals(owner)).count();
    boolean many = waits.size() >= MAX_WHILE_MANY_ARE_SILENT && silent(now) >= MANY_SILENT;
    if (inVain.containsKey(owner) || forThisOwner >= MAX_FOR_AN_OWNER || many) {
      return Optional.empty();
    }
    Wait wait = new Wait(owner, now);
    waits.add(wait);
    return Optional.of(wait);
  }

  /** Owners who have been silent for long, or were so a moment ago. */
  private long silent(long now) {
    Stream<String> longWaits =
        waits.stream().filter(wait -> wait.isLong(now)).map(wait -> wait.owner);
    return Stream.concat(longWaits, inVain.keySet().stream()).distinct().count();
  }

  /** A thread that waits. */
  final class Wait implements AutoCloseable {
    private final String owner;
    private final long start;

    private Wait(String owner, long start) {
      this.owner = owner;
      this.start = start;
    }

    /** There was no answer; a wait that was cut short says nothing of the DNS. */
    void endInVain() {
      synchronized (ServerWaits.this) {
        long now = System.nanoTime();
        if (isLong(now)) {
          inVain.put(owner, now);
        }
      }
    }

    private boolean isLong(long now) {
      return now - start > LONG.toNanos();
    }

    @Override
    public void close() {
      synchronized (ServerWaits.this) {
        waits.remove(this);
      }
    }
  }
}
