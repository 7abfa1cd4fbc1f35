// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A report in short form, from which the product's and the model's reports are made.
 *
 * @param id empty if the report has none
 * @param range empty if it cannot be read
 */
record PlainReport(
    String reporter, Optional<String> id, Optional<DateRange> range, List<Entry> entries) {
  /** A domain that is not ours, of which reports may speak. */
  static final String FOREIGN = "elsewhere.example";

  /** What was seen under one policy. */
  record Entry(
      String domain,
      String policy,
      String mode,
      long successful,
      long failed,
      List<Detail> details) {
    @Override
    public String toString() {
      return domain
          + (" " + policy)
          + (mode.isEmpty() ? "" : " " + mode)
          + (" " + successful + "/" + failed)
          + details.stream().map(detail -> " " + detail).collect(joining());
    }
  }

  /** Sessions that failed in one way at one host; an empty name is none. */
  record Detail(String type, String host, long sessions) {
    @Override
    public String toString() {
      return type + "=" + sessions + (host.isEmpty() ? "" : "@" + host);
    }
  }

  PlainReport withId(String other) {
    return new PlainReport(reporter, Optional.of(other), range, entries);
  }

  PlainReport withEntries(List<Entry> others) {
    return new PlainReport(reporter, id, range, others);
  }

  /** The report as the store takes it. */
  NewReport receivedAt(Instant receipt) {
    ReceivedReport received =
        new ReceivedReport(
            new DomainName(reporter),
            receipt,
            new TlsReport(
                Optional.of("Example"),
                range,
                "not readable",
                Optional.empty(),
                id,
                entries.stream().map(PlainReport::result).toList()),
            ReceivedReport.DEFAULT_RETENTION);
    List<Contribution> contributions =
        received.report().policies().stream()
            .collect(
                groupingBy(
                    result -> result.policy().policyDomain().orElseThrow(),
                    LinkedHashMap::new,
                    Collectors.toList()))
            .entrySet()
            .stream()
            .filter(ofDomain -> !ofDomain.getKey().value().equals(FOREIGN))
            .map(ofDomain -> Contribution.of(received, ofDomain.getKey(), ofDomain.getValue()))
            .toList();
    return new NewReport(
        ReportIdentity.of(received),
        ReportContent.of(received),
        received.report().reportId(),
        contributions);
  }

  private static PolicyResult result(Entry entry) {
    return new PolicyResult(
        new Policy(
            new PolicyType(entry.policy()),
            entry.mode().isEmpty() ? List.of() : List.of("mode: " + entry.mode()),
            Optional.of(new DomainName(entry.domain())),
            List.of()),
        new Summary(entry.successful(), entry.failed()),
        ReportedFailures.of(entry.details().stream().map(PlainReport::details).toList()));
  }

  private static FailureDetails details(Detail detail) {
    return new FailureDetails(
        new ResultType(detail.type()),
        Optional.empty(),
        Optional.of(detail.host()).filter(host -> !host.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        detail.sessions(),
        Optional.empty(),
        Optional.empty());
  }
}
