// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.history.ReportHistory;
import io.tlsrpt.view.BoundedHistory;
import io.tlsrpt.view.DomainRows;
import io.tlsrpt.view.FiguresSource;
import java.time.Duration;

/**
 * A receiver that runs, as the pages ask it.
 *
 * @param domains the rows of the overview
 * @param history the stored reports, for few readers at once, so that pages take no scrape's place
 */
public record Running(FiguresSource source, DomainRows domains, ReportHistory history) {
  private static final int READERS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  public Running {
    requireNonNull(source, "source");
    requireNonNull(domains, "domains");
    requireNonNull(history, "history");
  }

  public static Running of(FiguresSource source) {
    return new Running(
        source, new DomainRows(source), new BoundedHistory(source.history(), READERS, PATIENCE));
  }
}
