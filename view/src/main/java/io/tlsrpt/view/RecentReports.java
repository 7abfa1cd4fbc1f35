// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import io.tlsrpt.figures.history.HistoryUnavailableException;
import io.tlsrpt.figures.history.StoredReport;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The newest reports as lines. They are read from the store only if figures have changed since the
 * last time, by a report to this server or to another, so that a scrape costs little. While the
 * store cannot be read, the last lines are shown.
 */
public final class RecentReports {
  /** Most reports, where a report counts once for each of its domains. */
  static final int MAX_REPORTS = 50;

  /** Most lines of one report and domain: those with the most sessions. */
  static final int MAX_LINES_OF_ONE = 10;

  private static final long NEVER = -1;

  private final HistoryQuestions history;
  private final AtomicReference<Lines> last = new AtomicReference<>(new Lines(NEVER, List.of()));

  public RecentReports(HistoryQuestions history) {
    this.history = history;
  }

  /** The lines, newest report first. */
  public List<String> lines(ReceiverFigures receiver) {
    Lines known = last.get();
    if (known.revision() == receiver.revision() || receiver.storeError().isPresent()) {
      return known.lines();
    }
    try {
      List<ReportRow> rows =
          history.newest(MAX_REPORTS).stream().flatMap(RecentReports::rows).toList();
      Lines read = new Lines(receiver.revision(), ReportLines.of(rows));
      last.set(read);
      return read.lines();
    } catch (HistoryUnavailableException e) {
      return known.lines();
    }
  }

  private static Stream<ReportRow> rows(StoredReport report) {
    return ReportRow.all(report).stream().limit(MAX_LINES_OF_ONE);
  }

  /** The lines that were read, and the revision of the figures before that. */
  private record Lines(long revision, List<String> lines) {}
}
