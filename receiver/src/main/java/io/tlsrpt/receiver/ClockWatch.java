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
 * Notices that the clock was wrong, or is: a report that is stored was received more than a day
 * ahead of it. Figures go by the clock from then on. Should it still say so after a day, as the
 * processor's own clock counts, it is believed for good, and no receipt lies ahead any more: not
 * before, since a machine without a battery begins in 1970 and is put right a little later. {@link
 * #look} is for one thread at a time, the rest for many.
 */
final class ClockWatch {
  private static final Logger LOGGER = LoggerFactory.getLogger(ClockWatch.class);

  static final Duration PATIENCE = Duration.ofHours(24);

  private final ReportStore store;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private OptionalLong noticed = OptionalLong.empty();

  /**
   * Compares a clock with the receipts in a store.
   *
   * @param nanoTime goes on evenly, whatever happens to the clock
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
   * A time that it is at least: the earlier of the clock and of what the senders of reports say.
   * Times of receipt would not do, since it was this clock that wrote them. Empty if no report says
   * of what time it is.
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
                + ": it is wrong now, or was wrong then")
        : Optional.empty();
  }

  /** Tells once that the clock is not believable, and in the end believes it. */
  void look() {
    Optional<String> error = error();
    if (error.isEmpty()) {
      noticed = OptionalLong.empty();
    } else if (noticed.isEmpty()) {
      noticed = OptionalLong.of(nanoTime.getAsLong());
      LOGGER.error("The clock of this server cannot be believed: {}", error.get());
    } else if (nanoTime.getAsLong() - noticed.getAsLong() >= PATIENCE.toNanos()) {
      store.believe(clock.instant());
      LOGGER.warn("Receipts of TLS reports that lay ahead of the clock count as of now");
    }
  }
}
