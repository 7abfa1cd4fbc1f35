// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import io.tlsrpt.figures.history.HistoryUnavailableException;
import io.tlsrpt.figures.history.ReportHistory;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.PlainText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The answers to questions about kept reports, in bounds whatever is asked for. */
public final class HistoryQuestions {
  /** Describes which domains may be given. */
  public static final String DOMAIN = "a policy domain, or * for all";

  /** Describes which numbers of days may be given. */
  public static final String DAYS = "days since the reports were received, 1 to 3650";

  /** The longest table. */
  static final int MAX_ROWS = 1_000;

  private static final int MAX_DAYS = 3_650;
  private static final int MAX_REPORTS = 10_000;
  private static final String ALL = "*";

  private final FiguresSource source;
  private final ReportHistory history;

  /**
   * Asks the reports of a source.
   *
   * @param atOnce how many questions are answered at once; any further one fails
   */
  public HistoryQuestions(FiguresSource source, int atOnce) {
    this.source = source;
    this.history = new BoundedHistory(source.history(), atOnce, Duration.ZERO);
  }

  /** All that reports said, the newest first. */
  public List<ReportRow> reports(String domain, int days) {
    return table(query(domain, days, MAX_ROWS), ReportRow::all);
  }

  /** The failures that reports told of, the newest first. */
  public List<ReportRow> failures(String domain, int days) {
    return table(query(domain, days, MAX_ROWS).failing(), ReportRow::failures);
  }

  private List<ReportRow> table(ReportQuery query, Function<StoredReport, List<ReportRow>> rows) {
    List<ReportRow> table = new ArrayList<>();
    history.read(
        query,
        report -> {
          rows.apply(report).stream().limit(MAX_ROWS - table.size()).forEach(table::add);
          return table.size() < MAX_ROWS;
        });
    return table;
  }

  /** The reports as JSON for programs, the newest report first. */
  public String exportJson(String domain, int days) {
    ReportQuery query = query(domain, days, MAX_REPORTS + 1);
    JsonExport export = new JsonExport(MAX_REPORTS);
    history.read(query, export::add);
    return export.text(source.now(), query);
  }

  /**
   * The newest of all kept reports.
   *
   * @throws HistoryUnavailableException if they cannot be read now
   */
  List<StoredReport> newest(int atMost) {
    List<StoredReport> newest = new ArrayList<>();
    history.read(ReportQuery.newest(atMost), newest::add);
    return newest;
  }

  private ReportQuery query(String domain, int days, int atMost) {
    if (days < 1 || days > MAX_DAYS) {
      throw new IllegalArgumentException("days is " + days + "; allowed: " + DAYS);
    }
    ReportQuery all = ReportQuery.since(source.now().minus(Duration.ofDays(days)), atMost);
    return domain(domain).map(all::of).orElse(all);
  }

  private static Optional<DomainName> domain(String written) {
    return written.strip().equals(ALL)
        ? Optional.empty()
        : Optional.of(
            DomainName.parse(written)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "domain is '" + PlainText.of(written) + "'; allowed: " + DOMAIN)));
  }
}
