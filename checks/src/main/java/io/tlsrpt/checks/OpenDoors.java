// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether connections of a kind can succeed from here. A firewall may forbid all of them: then one
 * that fails says nothing of its target. Thread-safe.
 */
final class OpenDoors {
  /** A kind of connection, by its port. */
  enum Door {
    HTTPS(443),
    SMTP(25);

    private final int port;

    Door(int port) {
      this.port = port;
    }
  }

  private static final Duration OPEN = Duration.ofDays(7);

  private final Map<Door, Instant> last = new ConcurrentHashMap<>();
  private final InstantSource clock;

  OpenDoors(InstantSource clock) {
    this.clock = clock;
  }

  /** A TCP connection to an address that is not ours has succeeded. */
  void opened(Door door) {
    last.put(door, clock.instant());
  }

  /** One has succeeded in the last 7 days. */
  boolean isOpen(Door door) {
    Instant at = last.get(door);
    return at != null && Ages.isRecent(at, OPEN, clock.instant());
  }

  /** Why nothing is said of a target. */
  static String closed(Door door) {
    return "no connection to port %d has succeeded from this server; is it allowed to?"
        .formatted(door.port);
  }
}
