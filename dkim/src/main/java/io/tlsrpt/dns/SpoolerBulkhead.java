// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Bulkhead and circuit breaker for the spooler threads that wait for the DNS. A server has about 20
 * spooler threads for all its mail, and slow name servers must not block them.
 *
 * <ul>
 *   <li>Bulkhead: at most 6 threads wait at a time, at most 4 of them for one organisation.
 *   <li>Circuit breaker: if name servers stayed silent while a thread waited, no thread waits for
 *       that organisation for 30 seconds.
 * </ul>
 *
 * <p>A mail whose thread must not wait gets no answer now, and is tried again. Thread-safe.
 */
final class SpoolerBulkhead {
  static final int MAX = 6;
  static final int MAX_FOR_AN_ORGANISATION = 4;
  private static final Duration REMEMBERED = Duration.ofSeconds(30);

  private final Set<Wait> waits = new HashSet<>();

  /** Organisations for which a wait was in vain, and the nanoTime at which it ended. */
  private final Map<DomainName, Long> inVain = new HashMap<>();

  /**
   * Lets a thread wait for an answer about an organisation, unless too many wait already or a wait
   * for it was in vain a moment ago.
   *
   * @return to be closed; empty if the thread must not wait
   */
  synchronized Optional<Wait> begin(DomainName organisation) {
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
  final class Wait implements AutoCloseable {
    private final DomainName organisation;

    private Wait(DomainName organisation) {
      this.organisation = organisation;
    }

    /**
     * Records that the DNS was asked and gave no answer: no thread waits for this organisation for
     * a while.
     */
    void endInVain() {
      synchronized (SpoolerBulkhead.this) {
        inVain.put(organisation, System.nanoTime());
      }
    }

    @Override
    public void close() {
      synchronized (SpoolerBulkhead.this) {
        waits.remove(this);
      }
    }
  }
}
