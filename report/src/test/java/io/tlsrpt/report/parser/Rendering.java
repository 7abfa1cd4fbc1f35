// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.Policy;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.TlsReport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what was read as lines for a person. */
final class Rendering {
  private Rendering() {}

  static String of(ParseResult result) {
    return switch (result) {
      case ParseResult.Malformed(ParseResult.Reason reason, String where) ->
          "malformed (" + reason.key() + "): " + where + "\n";
      case ParseResult.Parsed(TlsReport report, Deviations deviations, long size) ->
          "deviations: " + deviations + "\n" + report(report);
    };
  }

  private static String report(TlsReport report) {
    return "organization-name: "
        + quoted(report.organizationName().orElse(""))
        + "\ncontact-info: "
        + report.contactInfo().orElse("")
        + "\nreport-id: "
        + report.reportId().orElse("")
        + "\ndate-range: "
        + report
            .dateRange()
            .map(range -> range.startDatetime() + " to " + range.endDatetime())
            .orElse("unreadable " + report.dateRangeAsWritten())
        + "\n"
        + report.policies().stream().map(Rendering::entry).collect(Collectors.joining());
  }

  private static String entry(PolicyResult entry) {
    Policy policy = entry.policy();
    return "policy: "
        + policy.policyType().value()
        + " "
        + policy.policyDomain().map(DomainName::value).orElse("(no domain)")
        + ", mode "
        + policy.mode().key()
        + ", "
        + entry.summary().totalSuccessfulSessionCount()
        + " successful, "
        + entry.summary().totalFailureSessionCount()
        + " failed\n"
        + policy.policyString().stream()
            .map(line -> "  policy-string " + quoted(line) + "\n")
            .collect(Collectors.joining())
        + policy.mxHost().stream()
            .map(host -> "  mx-host " + host + "\n")
            .collect(Collectors.joining())
        + entry.failures().kept().stream().map(Rendering::details).collect(Collectors.joining());
  }

  private static String details(FailureDetails details) {
    return "  "
        + Stream.of(
                quoted(details.resultType().value()),
                String.valueOf(details.failedSessionCount()),
                details.receivingMxHostname().map(s -> "mx " + quoted(s)).orElse(""),
                details.receivingMxHelo().map(s -> "helo " + quoted(s)).orElse(""),
                details.receivingIp().map(s -> "ip " + quoted(s)).orElse(""),
                details.sendingMtaIp().map(s -> "from " + quoted(s)).orElse(""),
                details.failureReasonCode().map(s -> "reason " + quoted(s)).orElse(""),
                details.additionalInformation().map(s -> "info " + quoted(s)).orElse(""))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", "))
        + "\n";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\r", "\\r").replace("\n", "\\n") + '"';
  }
}
