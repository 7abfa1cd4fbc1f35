// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import io.tlsrpt.figures.ReceiptClock;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the clock is wrong or was wrong: a stored report was received more than a day ahead
 * of the clock. Figures then go by the clock. If this lasts for a day, as the monotonic clock
 * counts, the clock is taken to be right, and receipts that lie ahead become now. A shorter wait
 * would not do, since a machine without a battery starts in 1970 and is put right a little later.
 * {@link #look} is for one thread at a time, everything else for many.
 */
final class ClockWatch {
  private static final Logger LOGGER = LoggerFactory.getLogger(ClockWatch.class);

  /** How long the clock must contradict the receipts until the clock is believed. */
  static final Duration PATIENCE = Duration.ofHours(24);

  private final ReportStore store;
  private final InstantSource clock;
  private final LongSupplier nanoTime;

  /** When the contradiction was noticed, by the monotonic clock. */
  private OptionalLong noticed = OptionalLong.empty();

  /**
   * Compares a clock with the receipts in a store.
   *
   * @param nanoTime a monotonic clock in nanoseconds, which no change of the clock affects
   */
  ClockWatch(ReportStore store, InstantSource clock, LongSupplier nanoTime) {
    this.store = store;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** The time that figures are shown for. */
  Instant now() {
    return ReceiptClock.now(clock.instant(), store.lastReceipt());
  }

  /**
   * A lower bound of the present time: the latest range end that senders state, or the clock if
   * that is earlier. Times of receipt would not do, since this clock wrote them. Empty if no report
   * states a range.
   *
   * @throws StoreUnavailableException if the store cannot be used now
   */
  Optional<Instant> timeByReports() {
    Instant now = clock.instant();
    return store.latestRangeEnd().map(end -> end.isBefore(now) ? end : now);
  }

  /** What is wrong with the clock, if something is. */
  Optional<String> error() {
    Instant newest = store.lastReceipt();
    Instant now = clock.instant();
    return ReceiptClock.isAhead(newest, now)
        ? Optional.of(
            "the newest report was received at "
                + newest
                + ", and the clock says "
                + now
                + ": the clock is wrong now, or was wrong then")
        : Optional.empty();
  }

  /** Logs once that the clock cannot be believed, and believes it after {@link #PATIENCE}. */
  void look() {
    Optional<String> error = error();
    if (error.isEmpty()) {
      noticed = OptionalLong.empty();
    } else if (noticed.isEmpty()) {
      noticed = OptionalLong.of(nanoTime.getAsLong());
      LOGGER.error("The clock of this server cannot be trusted: {}", error.get());
    } else if (nanoTime.getAsLong() - noticed.getAsLong() >= PATIENCE.toNanos()) {
      store.believe(clock.instant());
      LOGGER.warn("TLS reports received at times ahead of the clock count as received now");
    }
  }
}
