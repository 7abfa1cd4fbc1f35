// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.PlainText;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of reports as lines for a person, in columns. */
final class ReportLines {
  private static final int MAX_WIDTH = 64;
  private static final String NOTHING = "-";

  private static final List<Function<ReportRow, String>> COLUMNS =
      List.of(
          ReportRow::reporter,
          ReportRow::policyDomain,
          ReportRow::policyMode,
          ReportRow::resultType,
          row -> Long.toString(row.sessions()),
          row -> row.detail(FailureDetails::receivingMxHostname),
          row -> row.detail(FailureDetails::receivingIp),
          row -> row.detail(FailureDetails::sendingMtaIp),
          row -> days(row.report().dateRange()));

  private ReportLines() {}

  static List<String> of(List<ReportRow> rows) {
    List<List<String>> cells =
        rows.stream()
            .map(row -> COLUMNS.stream().map(column -> cell(column.apply(row))).toList())
            .toList();
    List<Integer> widths =
        IntStream.range(0, COLUMNS.size())
            .mapToObj(i -> cells.stream().mapToInt(line -> line.get(i).length()).max().orElse(0))
            .toList();
    return cells.stream().map(line -> line(line, widths)).toList();
  }

  private static String cell(String text) {
    return text.isEmpty() ? NOTHING : PlainText.of(text, MAX_WIDTH);
  }

  private static String line(List<String> cells, List<Integer> widths) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> cells.get(i) + " ".repeat(widths.get(i) - cells.get(i).length()))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  /** The days of a range; an end at midnight belongs to the day before. */
  private static String days(DateRange range) {
    LocalDate first = range.startDatetime().atOffset(ZoneOffset.UTC).toLocalDate();
    LocalDate last = range.endDatetime().minusMillis(1).atOffset(ZoneOffset.UTC).toLocalDate();
    return last.isAfter(first) ? first + "/" + last : first.toString();
  }
}
