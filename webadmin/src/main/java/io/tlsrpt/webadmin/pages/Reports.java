// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tlsrpt.figures.history.Position;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.view.ReportRow;
import io.tlsrpt.webadmin.http.Links;
import io.tlsrpt.webadmin.http.Parameters;
import io.tlsrpt.webadmin.markup.Html;
import io.tlsrpt.webadmin.markup.Words;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table of reports, the last received first.
 *
 * @param time at which it was read
 * @param reports those on this page, each with the rows that were asked for
 * @param next where the next page begins; empty if this is the last
 * @param domains names to choose from
 */
public record Reports(
    Instant time,
    ReportsQuery query,
    List<Rows> reports,
    Optional<Position> next,
    List<String> domains)
    implements Resource {
  /** Rows of one page at most: a report may have hundreds. */
  private static final int MOST_ROWS = 10_000;

  private static final int MOST_NAMES = 1_000;

  /**
   * A report about one domain.
   *
   * @param rows those that were asked for; at least one
   */
  record Rows(StoredReport report, List<ReportRow> rows) {
    Rows {
      requireNonNull(report, "report");
      rows = List.copyOf(rows);
    }
  }

  public Reports {
    requireNonNull(time, "time");
    requireNonNull(query, "query");
    reports = List.copyOf(reports);
    requireNonNull(next, "next");
    domains = List.copyOf(domains);
  }

  public static Reports of(Running running, Parameters parameters) {
    ReportsQuery query = ReportsQuery.of(parameters);
    Instant now = running.source().now();
    PageOfReports page = new PageOfReports(query);
    running.history().read(query.toHistory(now), page::add);
    return new Reports(
        now,
        query,
        page.reports,
        page.next,
        running.domains().snapshot().rows().stream()
            .map(row -> row.domain().value())
            .sorted()
            .limit(MOST_NAMES)
            .toList());
  }

  /** Takes reports until the page is full. */
  private static final class PageOfReports {
    private final ReportsQuery query;
    private final List<Rows> reports = new ArrayList<>();
    private Optional<Position> last = Optional.empty();
    private Optional<Position> next = Optional.empty();
    private int read;
    private int rows;

    PageOfReports(ReportsQuery query) {
      this.query = query;
    }

    boolean add(StoredReport report) {
      if (read == query.limit() || rows >= MOST_ROWS) {
        next = last;
        return false;
      }
      read++;
      last = Optional.of(report.position());
      List<ReportRow> wanted = query.rows(report);
      rows += wanted.size();
      if (!wanted.isEmpty()) {
        reports.add(new Rows(report, wanted));
      }
      return true;
    }
  }

  @Override
  public String title() {
    return query.domain().map(DomainName::value).map("Reports about "::concat).orElse("Reports");
  }

  @Override
  public Html html(Links links) {
    return new ReportsPage(this, links).html();
  }

  @Override
  public void json(JsonGenerator json) throws IOException {
    json.writeStringField("time", Words.second(time));
    DomainJson.text("next", next.map(Cursor::of), json);
    json.writeArrayFieldStart("rows");
    for (Rows report : reports) {
      for (ReportRow row : report.rows()) {
        json.writeStartObject();
        ReportColumns.write(row, json);
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  @Override
  public Optional<Csv> csv() {
    return Optional.of(
        new Csv(
            "tls-reports-"
                + query.domain().map(DomainName::value).orElse("all")
                + "-"
                + LocalDate.ofInstant(time, ZoneOffset.UTC),
            ReportColumns.NAMES,
            reports.stream()
                .flatMap(report -> report.rows().stream())
                .map(ReportColumns::cells)
                .toList()));
  }

  @Override
  public Map<String, String> headers(Links links) {
    return next.map(
            position ->
                Map.of(
                    "Link",
                    "<"
                        + links.reports(query.parameters("before", Cursor.of(position)))
                        + ">; rel=\"next\""))
        .orElseGet(Map::of);
  }
}
