// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.history.HistoryUnavailableException;
import io.tlsrpt.figures.history.ReportHistory;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.ReportsOfDay;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The stored reports for one group of callers. Bulkhead: a store reads for few callers at once, and
 * each group has its own part of these places, so that people who look at pages cannot take the
 * places of scrapes. May be used by many threads at once.
 */
public final class BoundedHistory implements ReportHistory {
  private final ReportHistory history;
  private final int atOnce;
  private final Duration patience;
  private final Semaphore places;

  /**
   * Lets so many threads read at once.
   *
   * @param patience how long others wait for a place; a thread that waits is missing elsewhere
   */
  public BoundedHistory(ReportHistory history, int atOnce, Duration patience) {
    this.history = requireNonNull(history, "history");
    this.atOnce = atOnce;
    this.patience = requireNonNull(patience, "patience");
    this.places = new Semaphore(atOnce, true);
  }

  @Override
  public void read(ReportQuery query, Predicate<StoredReport> reader) {
    inPlace(
        () -> {
          history.read(query, reader);
          return true;
        });
  }

  @Override
  public List<StoredReport> report(long id) {
    return inPlace(() -> history.report(id));
  }

  @Override
  public List<ReportsOfDay> days(DomainName domain, LocalDate since) {
    return inPlace(() -> history.days(domain, since));
  }

  private <T> T inPlace(Supplier<T> question) {
    if (!findsPlace()) {
      throw new HistoryUnavailableException(
          "the stored reports cannot be read: "
              + atOnce
              + " operations are reading already; try again in a moment");
    }
    try {
      return question.get();
    } finally {
      places.release();
    }
  }

  private boolean findsPlace() {
    try {
      return places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
