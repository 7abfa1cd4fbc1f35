// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import io.tlsrpt.figures.history.HistoryUnavailableException;
import io.tlsrpt.figures.history.KeptReport;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The newest reports as lines. They are read when somebody looks and something has come since, not
 * with each scrape; while they cannot be read, the last lines stay.
 */
public final class RecentReports {
  /** Reports and domains they speak of. */
  static final int MAX_REPORTS = 50;

  /** Lines of one of them: those with the most sessions. */
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
    long accepted = receiver.state().accepted();
    if (known.accepted() == accepted || receiver.storeError().isPresent()) {
      return known.lines();
    }
    try {
      List<ReportRow> rows =
          history.newest(MAX_REPORTS).stream().flatMap(RecentReports::rows).toList();
      Lines read = new Lines(accepted, ReportLines.of(rows));
      last.set(read);
      return read.lines();
    } catch (HistoryUnavailableException e) {
      return known.lines();
    }
  }

  private static Stream<ReportRow> rows(KeptReport report) {
    return ReportRow.all(report).stream().limit(MAX_LINES_OF_ONE);
  }

  /** What was read, and how many reports had been accepted before. */
  private record Lines(long accepted, List<String> lines) {}
}
