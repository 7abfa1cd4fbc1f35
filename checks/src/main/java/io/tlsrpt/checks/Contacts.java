// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which addresses did not answer lately. One dead host may be the policy host of thousands of
 * domains: if each of them waited for it, no other domain would have its turn. Thread-safe.
 */
final class Contacts {
  private static final Duration PAUSE = Duration.ofMinutes(30);
  private static final int MAX_DEAD = 10_000;

  private record Dead(String subject, Instant at) {}

  private final Map<InetSocketAddress, Dead> dead = new ConcurrentHashMap<>();
  private final InstantSource clock;

  Contacts(InstantSource clock) {
    this.clock = clock;
  }

  /** It did not answer when it was asked for somebody. */
  void silent(InetSocketAddress address, String subject) {
    Instant now = clock.instant();
    if (dead.size() >= MAX_DEAD) {
      dead.values().removeIf(last -> !Ages.isRecent(last.at(), PAUSE, now));
    }
    if (dead.size() < MAX_DEAD) {
      dead.put(address, new Dead(subject, now));
    }
  }

  /** It answered. */
  void answered(InetSocketAddress address) {
    dead.remove(address);
  }

  /**
   * For whom else it did not answer in the last half hour, so that it is not asked again; whoever
   * it was asked for may ask again.
   */
  Optional<String> silentFor(InetSocketAddress address, String subject) {
    Dead last = dead.get(address);
    return last == null
            || last.subject().equals(subject)
            || !Ages.isRecent(last.at(), PAUSE, clock.instant())
        ? Optional.empty()
        : Optional.of(last.subject());
  }
}
