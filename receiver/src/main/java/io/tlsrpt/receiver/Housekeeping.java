// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.receiver.domains.OurDomains;
import io.tlsrpt.receiver.domains.PolicyDomains;
import io.tlsrpt.receiver.domains.ShownDomains;
import io.tlsrpt.receiver.port.DomainsUnavailableException;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what must happen without a mail, on a thread of its own. It recovers the store, saves known
 * reporters, hides domains that are ours no longer, and deletes what is older than retention.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Housekeeping.class);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS_AT_DOMAINS = Duration.ofSeconds(50);
  private static final Duration FIRST_PURGE = Duration.ofSeconds(15);
  private static final Duration BETWEEN_PURGES = Duration.ofHours(1);
  private static final Duration LAST_LOOK = Duration.ofSeconds(10);

  /** Reports deleted in one transaction. Mails wait for one such batch at most. */
  private static final int REPORTS_AT_ONCE = 200;

  /** A purge deletes at most one of so many reports. */
  private static final int ONE_OF_SO_MANY_AT_ONCE = 10;

  private final ReportStore store;
  private final KnownReporters reporters;
  private final ShownDomains shown;
  private final BooleanSupplier waitsForStore;
  private final ClockWatch clock;
  private final PolicyDomains ours;
  private final Duration retention;
  private final Consumer<DeferralReason> back;

  /** Whether an outage was seen whose end has not been told. Used by the one thread only. */
  private boolean outage;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tlsrpt-housekeeping").factory());

  /**
   * Makes the housekeeping; call {@link #start} to begin.
   *
   * @param waitsForStore whether mails wait for the store
   * @param back is told what works again
   */
  Housekeeping(
      ReportStore store,
      KnownReporters reporters,
      ShownDomains shown,
      BooleanSupplier waitsForStore,
      ClockWatch clock,
      PolicyDomains ours,
      Duration retention,
      Consumer<DeferralReason> back) {
    this.store = store;
    this.reporters = reporters;
    this.shown = shown;
    this.waitsForStore = waitsForStore;
    this.ours = ours;
    this.retention = retention;
    this.clock = clock;
    this.back = back;
  }

  /** Shows the stored domains, and begins the regular work. */
  void start() {
    lookAtDomains();
    catchingAll(reporters::bringTogether);
    every(BETWEEN_LOOKS, BETWEEN_LOOKS, reporters::bringTogether);
    every(BETWEEN_LOOKS, BETWEEN_LOOKS, this::lookAtStore);
    every(Duration.ZERO, BETWEEN_LOOKS, clock::look);
    every(BETWEEN_LOOKS_AT_DOMAINS, BETWEEN_LOOKS_AT_DOMAINS, this::lookAtDomains);
    // Soon after the start: a server that never runs for an hour has old reports, too.
    every(FIRST_PURGE, BETWEEN_PURGES, this::purge);
  }

  private void every(Duration first, Duration pause, Runnable task) {
    // The future is not needed: the task ends with the thread.
    var unused =
        thread.scheduleWithFixedDelay(
            () -> catchingAll(task), first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void catchingAll(Runnable task) {
    try {
      task.run();
    } catch (StoreUnavailableException | DomainsUnavailableException e) {
      LOGGER.debug("Housekeeping waits", e);
    } catch (Throwable e) {
      // An exception that left the task would end its schedule.
      LOGGER.error("Housekeeping of TLS reports failed", e);
    }
  }

  private void lookAtStore() {
    // Remember an outage: a mail that is stored may end it before the next look.
    outage |= store.health() instanceof StoreHealth.Unavailable || waitsForStore.getAsBoolean();
    if (store.recover() && outage) {
      outage = false;
      lookAtDomains();
      back.accept(DeferralReason.STORE);
    }
  }

  private void lookAtDomains() {
    Collection<DomainName> known = store.domains().stream().map(DomainState::domain).toList();
    try {
      OurDomains now = ours.now();
      shown.serve(now);
    } catch (DomainsUnavailableException e) {
      LOGGER.debug("The server cannot say which domains it serves", e);
    }
    shown.showOurs(known);
  }

  /**
   * Deletes what is older than retention. A clock that is ahead must not empty the database, so a
   * report must be old by the clocks of senders as well, and one purge deletes at most a tenth of
   * all reports.
   */
  private void purge() {
    clock.timeByReports().ifPresent(this::purge);
  }

  private void purge(Instant now) {
    Instant oldest = now.minus(retention);
    long most = (store.reports() + ONE_OF_SO_MANY_AT_ONCE - 1) / ONE_OF_SO_MANY_AT_ONCE;
    inBatches(most, atMost -> store.deleteReports(oldest, atMost));
    LocalDate tooOldToComeAgain = LocalDate.ofInstant(oldest.minus(retention), ZoneOffset.UTC);
    inBatches(Long.MAX_VALUE, atMost -> store.deleteIdentities(tooOldToComeAgain, atMost));
    shown.show(store.forget(oldest, now, ours.now()::standing));
    lookAtDomains();
  }

  private void inBatches(long most, IntUnaryOperator delete) {
    long left = most;
    int atOnce;
    int deleted;
    do {
      atOnce = (int) Math.min(REPORTS_AT_ONCE, left);
      deleted = delete.applyAsInt(atOnce);
      left -= deleted;
    } while (deleted == atOnce && left > 0 && !thread.isShutdown());
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LAST_LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        LOGGER.warn("Housekeeping of TLS reports has not ended in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    catchingAll(reporters::bringTogether);
  }
}
