// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import io.tlsrpt.receiver.domains.ShownDomains;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows what other servers commit to a database that they share with this one. It has a thread of
 * its own, since a purge keeps housekeeping busy for minutes, and other servers' reports are to be
 * shown within ten seconds.
 */
final class OtherServers implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(OtherServers.class);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  private final ReportStore store;
  private final ShownDomains shown;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tlsrpt-other-servers").factory());

  /** Call {@link #start} to begin. */
  OtherServers(ReportStore store, ShownDomains shown) {
    this.store = store;
    this.shown = shown;
  }

  /** Begins to look, if the database can have other servers. */
  void start() {
    if (store.isShared()) {
      // The future is not needed: the task ends with the thread.
      var unused =
          thread.scheduleWithFixedDelay(
              this::look,
              BETWEEN_LOOKS.toMillis(),
              BETWEEN_LOOKS.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    try {
      shown.showThoseOfOurs(store.refresh());
    } catch (StoreUnavailableException e) {
      LOGGER.debug("What other servers commit is shown once the database is back", e);
    } catch (Throwable e) {
      // An exception that left the task would end its schedule.
      LOGGER.error("Reports that other servers have stored could not be shown", e);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
