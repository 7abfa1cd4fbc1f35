// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares this server's clock with the database's. The receipt of a report is by the clock of the
 * server that took it in, and the latest receipt rules on all servers: one clock that is ahead
 * would make failures expire early everywhere. A clock that is behind does no harm. Compared by one
 * thread at a time, read by any.
 */
final class ClockComparison {
  private static final Logger LOGGER = LoggerFactory.getLogger(ClockComparison.class);

  private static final Duration WORTH_A_WARNING = Duration.ofSeconds(30);
  private static final Duration TOO_FAR_AHEAD = Duration.ofMinutes(10);

  private final InstantSource clock;

  /** How far this server's clock is ahead; negative if it is behind. */
  private volatile Duration ahead = Duration.ZERO;

  ClockComparison(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Compares the clocks; an error is logged once when it begins.
   *
   * @param micros the database's time in microseconds since 1970
   */
  void compare(long micros) {
    boolean isNew = error().isEmpty();
    ahead = Duration.between(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), clock.instant());
    if (isNew) {
      error()
          .ifPresent(
              words ->
                  LOGGER.warn("The clocks of this server and of the database differ: {}", words));
    }
  }

  /** The same; fails if this server's clock is so far ahead that no report may be stored by it. */
  void check(long micros) throws SQLException {
    compare(micros);
    if (isTooFarAhead()) {
      throw new SQLException(inWords(ahead) + "; reports are stored again once it is right");
    }
  }

  /** Whether no report may be stored by this server's clock, as of the last comparison. */
  boolean isTooFarAhead() {
    return ahead.compareTo(TOO_FAR_AHEAD) > 0;
  }

  /** Minutes once there are many, since an outage whose words change is logged again. */
  private static String inWords(Duration ahead) {
    Duration difference = ahead.abs();
    return "this server's clock is "
        + (difference.compareTo(TOO_FAR_AHEAD) > 0
            ? difference.toMinutes() + " minutes "
            : difference.toSeconds() + " seconds ")
        + (ahead.isNegative() ? "behind" : "ahead of")
        + " the database's";
  }

  /** What is wrong, if something is. */
  Optional<String> error() {
    Duration present = ahead;
    return present.abs().compareTo(WORTH_A_WARNING) > 0
        ? Optional.of(inWords(present))
        : Optional.empty();
  }
}
