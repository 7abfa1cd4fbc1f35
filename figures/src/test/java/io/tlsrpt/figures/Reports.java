// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.Policy;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.PolicyType;
import io.tlsrpt.report.ReportedFailures;
import io.tlsrpt.report.ResultType;
import io.tlsrpt.report.Summary;
import io.tlsrpt.report.TlsReport;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes reports about example.com, a UTC day each. */
final class Reports {
  static final DomainName DOMAIN = new DomainName("example.com");

  private Reports() {}

  /** The entry of an MTA-STS policy in mode enforce. */
  static PolicyResult sts(long successful, long failed, FailureDetails... details) {
    return entry(PolicyType.STS, List.of("mode: enforce"), successful, failed, details);
  }

  static PolicyResult tlsa(long successful, long failed, FailureDetails... details) {
    return entry(PolicyType.TLSA, List.of(), successful, failed, details);
  }

  static PolicyResult entry(
      PolicyType type,
      List<String> policyString,
      long successful,
      long failed,
      FailureDetails... details) {
    return new PolicyResult(
        new Policy(type, policyString, Optional.of(DOMAIN), List.of()),
        new Summary(successful, failed),
        ReportedFailures.of(List.of(details)));
  }

  static FailureDetails failed(String resultType, long sessions) {
    return new FailureDetails(
        new ResultType(resultType),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        sessions,
        Optional.empty(),
        Optional.empty());
  }

  static ReceivedReport report(
      String reporter, LocalDate day, Instant receivedAt, PolicyResult... entries) {
    DateRange range =
        new DateRange(Instant.parse(day + "T00:00:00Z"), Instant.parse(day + "T23:59:59Z"));
    List<PolicyResult> policies = new ArrayList<>(List.of(entries));
    return new ReceivedReport(
        new DomainName(reporter),
        receivedAt,
        new TlsReport(
            Optional.empty(), Optional.of(range), "", Optional.empty(), Optional.of("1"), policies),
        ReceivedReport.DEFAULT_RETENTION);
  }

  static Contribution contribution(ReceivedReport report) {
    return Contribution.of(report, DOMAIN, report.report().policies());
  }
}
