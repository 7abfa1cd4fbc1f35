// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The server's threads that wait for the DNS. It has about 20 of them for all its mail, and none
 * shall stand still for a slow name server again and again: 6 at most wait in all, 4 of them for
 * one organisation, and nobody waits for 30 seconds after a wait in vain for the same organisation.
 *
 * <p>Who may not wait has no answer now, and asks again. Thread-safe.
 */
public final class ServerWaits {
  public static final int MAX = 6;
  static final int MAX_FOR_AN_ORGANISATION = 4;
  private static final Duration REMEMBERED = Duration.ofSeconds(30);

  private final Set<Wait> waits = new HashSet<>();

  /** The organisations for which somebody waited in vain, and when that ended. */
  private final Map<String, Long> inVain = new HashMap<>();

  /**
   * Lets a thread wait for a key of an organisation, if few enough do so already.
   *
   * @return to be closed; empty if the thread must not wait
   */
  public synchronized Optional<Wait> begin(String organisation) {
    long now = System.nanoTime();
    inVain.values().removeIf(end -> now - end > REMEMBERED.toNanos());
    long same = waits.stream().filter(wait -> wait.organisation.equals(organisation)).count();
    if (inVain.containsKey(organisation)
        || same >= MAX_FOR_AN_ORGANISATION
        || waits.size() >= MAX) {
      return Optional.empty();
    }
    Wait wait = new Wait(organisation);
    waits.add(wait);
    return Optional.of(wait);
  }

  /** A thread that waits. */
  public final class Wait implements AutoCloseable {
    private final String organisation;

    private Wait(String organisation) {
      this.organisation = organisation;
    }

    /** The DNS was asked and said nothing. */
    public void endInVain() {
      synchronized (ServerWaits.this) {
        inVain.put(organisation, System.nanoTime());
      }
    }

    @Override
    public void close() {
      synchronized (ServerWaits.this) {
        waits.remove(this);
      }
    }
  }
}
