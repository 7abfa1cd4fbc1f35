// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.KeptReport;
import io.tlsrpt.report.FailureDetails;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.OpenType;

/**
 * Sessions of one report and domain that ended in one way.
 *
 * @param resultType as the sender wrote it; {@value #SUCCESS}; or {@code unspecified}
 * @param details where and how they failed; empty if the report does not say, if there was no room
 *     to keep it, or if they did not
 */
record ReportRow(
    Contribution report, String resultType, long sessions, Optional<FailureDetails> details) {
  private static final String SUCCESS = "success";

  private static final Composite<ReportRow> TYPE =
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
                  "Result type as reported; success; or unspecified where no detail explains them.",
                  row -> PlainText.of(row.resultType)),
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
                  "Begin of the report's date range.",
                  row -> Optional.of(row.report.dateRange().startDatetime())),
              Attribute.time(
                  "rangeEnd",
                  "End of the report's date range.",
                  row -> Optional.of(row.report.dateRange().endDatetime())),
              Attribute.time(
                  "received",
                  "When the report was received.",
                  row -> Optional.of(row.report.receivedAt())),
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

  /** The type of a table of them. */
  static OpenType<?> tableType() {
    return TYPE.arrayType();
  }

  /** The failures of a report, those with the most sessions first. */
  static List<ReportRow> failures(KeptReport kept) {
    Contribution report = kept.said();
    List<ReportRow> rows = new ArrayList<>();
    for (FailureDetails details : report.details()) {
      rows.add(
          new ReportRow(
              report,
              details.resultType().value(),
              details.failedSessionCount(),
              Optional.of(details)));
    }
    Map<FailureKind, Long> detailed =
        report.details().stream()
            .collect(
                Collectors.groupingBy(
                    details -> FailureKind.of(details.resultType()),
                    Collectors.summingLong(FailureDetails::failedSessionCount)));
    for (FailureKind kind : report.failures().kinds()) {
      // Unspecified ones, and those whose details there was no room for.
      long others = report.failures().of(kind) - detailed.getOrDefault(kind, 0L);
      if (others > 0) {
        rows.add(new ReportRow(report, kind.key(), others, Optional.empty()));
      }
    }
    rows.sort(Comparator.comparingLong(ReportRow::sessions).reversed());
    return rows;
  }

  /** The same, and after them the sessions that did not fail. */
  static List<ReportRow> all(KeptReport kept) {
    List<ReportRow> rows = failures(kept);
    long successful = kept.said().headline().successful();
    if (successful > 0 || rows.isEmpty()) {
      rows.add(new ReportRow(kept.said(), SUCCESS, successful, Optional.empty()));
    }
    return rows;
  }

  CompositeData data() {
    return TYPE.of(this);
  }

  String reporter() {
    return PlainText.of(report.reporter());
  }

  String policyDomain() {
    return report.domain().value();
  }

  String policyMode() {
    return report.mode().key();
  }

  /** Empty if the report does not say. */
  String detail(Function<FailureDetails, Optional<String>> which) {
    return details.flatMap(which).map(PlainText::of).orElse("");
  }
}
