// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.history.Position;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.view.ReportRow;
import io.tlsrpt.webadmin.http.Links;
import io.tlsrpt.webadmin.http.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which rows of the table of reports are asked for.
 *
 * @param type a result type, or {@code success}
 * @param failing only failures
 * @param days since the reports were received
 * @param limit reports on a page
 * @param before the last position of the page before
 */
record ReportsQuery(
    Optional<DomainName> domain,
    Optional<DomainName> reporter,
    Optional<String> type,
    boolean failing,
    int days,
    int limit,
    Optional<Position> before) {
  private static final int USUAL_DAYS = 30;
  private static final int MOST_DAYS = 400;
  private static final int USUAL_LIMIT = 50;
  private static final int HIGHEST_LIMIT = 1_000;

  ReportsQuery {
    requireNonNull(domain, "domain");
    requireNonNull(reporter, "reporter");
    requireNonNull(type, "type");
    requireNonNull(before, "before");
  }

  static ReportsQuery of(Parameters parameters) {
    return new ReportsQuery(
        parameters.domain("domain"),
        parameters.domain("reporter"),
        parameters.text("type").map(ReportsQuery::type),
        parameters.truth("failing"),
        parameters.number("days", USUAL_DAYS, 1, MOST_DAYS),
        parameters.number("limit", USUAL_LIMIT, 1, HIGHEST_LIMIT),
        parameters.text("before").map(written -> Cursor.parse("before", written)));
  }

  private static String type(String written) {
    if (kind(written).isEmpty() && !written.equals(ReportRow.SUCCESS)) {
      throw Parameters.bad(
          "type",
          written,
          Stream.concat(
                  Stream.of(ReportRow.SUCCESS),
                  Arrays.stream(FailureKind.values()).map(FailureKind::key))
              .collect(Collectors.joining(", ")));
    }
    return written;
  }

  private static Optional<FailureKind> kind(String written) {
    return Arrays.stream(FailureKind.values())
        .filter(kind -> kind.key().equals(written))
        .findFirst();
  }

  /** The question to the store; asks for one report more, to know whether there is a next page. */
  ReportQuery toHistory(Instant now) {
    return new ReportQuery(
        domain,
        reporter,
        type.flatMap(ReportsQuery::kind),
        now.minus(Duration.ofDays(days)),
        failing,
        before,
        limit + 1);
  }

  /** The rows of a report that are asked for. */
  List<ReportRow> rows(StoredReport report) {
    return (failing ? ReportRow.failures(report) : ReportRow.all(report))
        .stream()
            .filter(
                row ->
                    type.map(wanted -> row.kind().map(FailureKind::key).orElse(ReportRow.SUCCESS))
                        .equals(type))
            .toList();
  }

  /** The parameters of this query, without the place in it. */
  Map<String, String> parameters() {
    return Links.with(
        "domain",
        domain.map(DomainName::value).orElse(""),
        "reporter",
        reporter.map(DomainName::value).orElse(""),
        "type",
        type.orElse(""),
        "failing",
        failing ? "true" : "",
        "days",
        days == USUAL_DAYS ? "" : Integer.toString(days),
        "limit",
        limit == USUAL_LIMIT ? "" : Integer.toString(limit));
  }

  /** The same with a parameter more. */
  Map<String, String> parameters(String name, String value) {
    Map<String, String> more = parameters();
    more.put(name, value);
    return more;
  }
}
