// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportIdentity;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes reports that are ready to be stored. */
public final class StoredReports {
  public static final LocalDate DAY = LocalDate.parse("2026-06-01");
  public static final Instant RECEIPT = Instant.parse("2026-06-02T15:00:00Z");

  private StoredReports() {}

  /** For each domain 10 sessions, and one failed session without a reason. */
  public static NewReport report(
      String reporter, String id, Instant receivedAt, String... domains) {
    return report(
        reporter,
        id,
        DAY,
        receivedAt,
        Arrays.stream(domains).map(domain -> entry(domain, 10, 1)).toArray(PolicyResult[]::new));
  }

  public static NewReport report(
      String reporter, String id, LocalDate day, Instant receivedAt, PolicyResult... entries) {
    DateRange range =
        new DateRange(Instant.parse(day + "T00:00:00Z"), Instant.parse(day + "T23:59:59Z"));
    return report(reporter, id, range, receivedAt, entries);
  }

  public static NewReport report(
      String reporter, String id, DateRange range, Instant receivedAt, PolicyResult... entries) {
    ReceivedReport received =
        new ReceivedReport(
            new DomainName(reporter),
            receivedAt,
            new TlsReport(
                Optional.of("Example"),
                Optional.of(range),
                "",
                Optional.of("tls@example.com"),
                Optional.of(id),
                List.of(entries)),
            ReceivedReport.DEFAULT_RETENTION);
    List<Contribution> contributions =
        Arrays.stream(entries)
            .map(
                entry ->
                    Contribution.of(
                        received, entry.policy().policyDomain().orElseThrow(), List.of(entry)))
            .toList();
    return new NewReport(
        ReportIdentity.of(received),
        ReportContent.of(received),
        received.report().reportId(),
        contributions);
  }

  public static PolicyResult entry(
      String domain, long successful, long failed, FailureDetails... details) {
    return new PolicyResult(
        new Policy(
            PolicyType.STS,
            List.of("mode: enforce"),
            Optional.of(new DomainName(domain)),
            List.of()),
        new Summary(successful, failed),
        ReportedFailures.of(List.of(details)));
  }

  public static FailureDetails failed(String resultType, long sessions, String receivingMx) {
    return new FailureDetails(
        new ResultType(resultType),
        Optional.of("203.0.113.25"),
        Optional.of(receivingMx),
        Optional.empty(),
        Optional.of("198.51.100.7"),
        sessions,
        Optional.empty(),
        Optional.empty());
  }
}
