// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.PlainText;
import io.tlsrpt.view.ReportRow;
import io.tlsrpt.webadmin.markup.Words;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The columns of a row of a report, in JSON and CSV. What a sender wrote is as {@link PlainText}
 * makes it.
 */
final class ReportColumns {
  private static final String ID = "id";
  private static final String SESSIONS = "sessions";
  private static final Map<String, Function<ReportRow, String>> COLUMNS = columns();

  /** In order. */
  static final List<String> NAMES = List.copyOf(COLUMNS.keySet());

  private ReportColumns() {}

  private static Map<String, Function<ReportRow, String>> columns() {
    Map<String, Function<ReportRow, String>> columns = new LinkedHashMap<>();
    columns.put(ID, row -> Long.toString(row.stored().position().report()));
    columns.put("reporter", ReportRow::reporter);
    columns.put("policyDomain", ReportRow::policyDomain);
    columns.put("policyMode", ReportRow::policyMode);
    columns.put("resultType", row -> PlainText.of(row.resultType()));
    columns.put(SESSIONS, row -> Long.toString(row.sessions()));
    columns.put("receivingMx", row -> row.detail(FailureDetails::receivingMxHostname));
    columns.put("receivingIp", row -> row.detail(FailureDetails::receivingIp));
    columns.put("sendingMtaIp", row -> row.detail(FailureDetails::sendingMtaIp));
    columns.put("rangeStart", row -> Words.second(row.report().dateRange().startDatetime()));
    columns.put("rangeEnd", row -> Words.second(row.report().dateRange().endDatetime()));
    columns.put("received", row -> Words.second(row.report().receivedAt()));
    columns.put("receivingMxHelo", row -> row.detail(FailureDetails::receivingMxHelo));
    columns.put("failureReasonCode", row -> row.detail(FailureDetails::failureReasonCode));
    columns.put("additionalInformation", row -> row.detail(FailureDetails::additionalInformation));
    return columns;
  }

  static List<String> cells(ReportRow row) {
    return COLUMNS.values().stream().map(column -> column.apply(row)).toList();
  }

  /** Writes the members of a row; what the report does not say is left out. */
  static void write(ReportRow row, JsonGenerator json) throws IOException {
    for (Map.Entry<String, Function<ReportRow, String>> column : COLUMNS.entrySet()) {
      String value = column.getValue().apply(row);
      switch (column.getKey()) {
        case ID -> json.writeNumberField(ID, row.stored().position().report());
        case SESSIONS -> json.writeNumberField(SESSIONS, row.sessions());
        default -> {
          if (!value.isEmpty()) {
            json.writeStringField(column.getKey(), value);
          }
        }
      }
    }
  }
}
