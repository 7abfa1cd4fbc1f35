// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.PlainText;
import io.tlsrpt.view.ReportRow;
import java.util.List;
import java.util.Optional;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.OpenType;

/** Rows of reports as a table of open data. */
final class ReportTable {
  private static final Composite<ReportRow> ROW =
      new Composite<>(
          "io.tlsrpt.ReportRow",
          "Sessions of one report and policy domain that ended in one way.",
          List.of(
              Attribute.text("reporter", "The domain that signed the report.", ReportRow::reporter),
              Attribute.text("policyDomain", "The policy domain.", ReportRow::policyDomain),
              Attribute.text(
                  "policyMode",
                  "MTA-STS mode that the reporter applied: enforce, testing, none, unknown.",
                  ReportRow::policyMode),
              Attribute.text(
                  "resultType",
                  "Result type as reported; success; or unspecified if no detail explains the"
                      + " sessions.",
                  row -> PlainText.of(row.resultType())),
              Attribute.number("sessions", "sessions", "Session count.", ReportRow::sessions),
              Attribute.text(
                  "receivingMx",
                  "Receiving MX host name.",
                  row -> row.detail(FailureDetails::receivingMxHostname)),
              Attribute.text(
                  "receivingIp",
                  "Receiving IP address.",
                  row -> row.detail(FailureDetails::receivingIp)),
              Attribute.text(
                  "sendingMtaIp",
                  "IP address of the sending MTA.",
                  row -> row.detail(FailureDetails::sendingMtaIp)),
              Attribute.time(
                  "rangeStart",
                  "Start of the report's date range.",
                  row -> Optional.of(row.report().dateRange().startDatetime())),
              Attribute.time(
                  "rangeEnd",
                  "End of the report's date range.",
                  row -> Optional.of(row.report().dateRange().endDatetime())),
              Attribute.time(
                  "received",
                  "When the report was received.",
                  row -> Optional.of(row.report().receivedAt())),
              Attribute.text(
                  "receivingMxHelo",
                  "HELO or EHLO greeting of the receiving MX.",
                  row -> row.detail(FailureDetails::receivingMxHelo)),
              Attribute.text(
                  "failureReasonCode",
                  "The sender's own code for the failure.",
                  row -> row.detail(FailureDetails::failureReasonCode)),
              Attribute.text(
                  "additionalInformation",
                  "What else the sender says of the failure.",
                  row -> row.detail(FailureDetails::additionalInformation))));

  private ReportTable() {}

  static OpenType<?> type() {
    return ROW.arrayType();
  }

  static CompositeData[] of(List<ReportRow> rows) {
    return rows.stream().map(ROW::of).toArray(CompositeData[]::new);
  }
}
