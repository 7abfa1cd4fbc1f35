// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store can be used, judged by its last use. An outage is logged once when it begins
 * and once when it ends. Written by one thread at a time, read by any.
 */
public final class Availability {
  private static final Logger LOGGER = LoggerFactory.getLogger(Availability.class);

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final InstantSource clock;
  private volatile StoreHealth health = new StoreHealth.Available();
  private long lastFailure;

  /** Whether the last failure was a full disk, on which an empty transaction would succeed. */
  private boolean full;

  public Availability(InstantSource clock) {
    this.clock = clock;
  }

  public StoreHealth health() {
    return health;
  }

  /** Whether the last failure was a full disk. */
  public boolean isFull() {
    return full;
  }

  /**
   * Back-off: during an outage the database is tried once a second, and other uses fail at once.
   *
   * @throws StoreUnavailableException if the last failure is less than a second old
   */
  public void checkLastFailure() {
    if (health instanceof StoreHealth.Unavailable outage
        && System.nanoTime() - lastFailure < BETWEEN_TRIES.toNanos()) {
      throw new StoreUnavailableException(outage.error());
    }
  }

  public void succeeded() {
    if (health instanceof StoreHealth.Unavailable outage) {
      LOGGER.info("TLS reports are stored again, after an outage that began at {}", outage.since());
      health = new StoreHealth.Available();
    }
    full = false;
  }

  public void failed(String error, boolean forWantOfRoom, Exception cause) {
    if (health instanceof StoreHealth.Unavailable outage) {
      if (!outage.error().equals(error)) {
        LOGGER.warn("TLS reports still cannot be stored: {}", error);
      }
      health = new StoreHealth.Unavailable(outage.since(), error);
    } else {
      LOGGER.error("TLS reports cannot be stored, and wait: {}", error, cause);
      health = new StoreHealth.Unavailable(clock.instant(), error);
    }
    lastFailure = System.nanoTime();
    full = forWantOfRoom;
  }
}
