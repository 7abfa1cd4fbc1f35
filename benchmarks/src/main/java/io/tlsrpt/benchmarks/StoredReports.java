// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks;

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
import io.tlsrpt.store.NewReport;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Reports as they come in day after day: each day each reporter sends one about each domain, about
 * one domain after the other.
 *
 * @param details failure details of each report
 */
public record StoredReports(int domains, int reporters, int details) {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration DELIVERY = Duration.ofHours(15);
  private static final HexFormat HEX = HexFormat.of();

  private static final List<String> RESULT_TYPES =
      List.of("certificate-expired", "certificate-expired", "starttls-not-supported");

  /** How many come in a day. */
  public int perDay() {
    return domains * reporters;
  }

  /** When a report comes in: all of a day are spread over it. */
  public Instant receipt(long number) {
    return BEGIN.plus(DAY).plus(DELIVERY).plusMillis(DAY.toMillis() * number / perDay());
  }

  /** The contribution of a report to its domain. */
  public Contribution contribution(long number) {
    ReceivedReport received = received(number);
    PolicyResult entry = received.report().policies().getFirst();
    return Contribution.of(received, entry.policy().policyDomain().orElseThrow(), List.of(entry));
  }

  /** A report; what SHA-256 would cost is no matter of the store. */
  public NewReport report(long number) {
    ReceivedReport received = received(number);
    PolicyResult entry = received.report().policies().getFirst();
    return new NewReport(
        new ReportIdentity(digest(2 * number)),
        new ReportContent(digest(2 * number + 1)),
        received.report().reportId(),
        List.of(
            Contribution.of(
                received, entry.policy().policyDomain().orElseThrow(), List.of(entry))));
  }

  /** Reports one after the other. */
  public List<NewReport> reports(long first, int count) {
    return LongStream.range(first, first + count).mapToObj(this::report).toList();
  }

  private ReceivedReport received(long number) {
    Instant start = BEGIN.plus(DAY.multipliedBy(number / perDay()));
    DomainName domain = new DomainName("d" + number % domains + ".example.com");
    return new ReceivedReport(
        new DomainName("r" + number / domains % reporters + ".reporter.example"),
        receipt(number),
        new TlsReport(
            Optional.of("Reporter Inc."),
            Optional.of(new DateRange(start, start.plus(DAY).minusSeconds(1))),
            "",
            Optional.of("tls-reports@reporter.example"),
            Optional.of(start + "_" + domain.value()),
            List.of(entry(domain))),
        ReceivedReport.DEFAULT_RETENTION);
  }

  private PolicyResult entry(DomainName domain) {
    return new PolicyResult(
        new Policy(
            PolicyType.STS,
            List.of("version: STSv1", "mode: enforce", "mx: *.mail.example.com"),
            Optional.of(domain),
            List.of()),
        new Summary(5326, details),
        ReportedFailures.of(IntStream.range(0, details).mapToObj(StoredReports::failure).toList()));
  }

  private static FailureDetails failure(int position) {
    return new FailureDetails(
        new ResultType(RESULT_TYPES.get(position % RESULT_TYPES.size())),
        Optional.of("192.0.2." + (10 + position)),
        Optional.of("mx" + (1 + position) + ".mail.example.com"),
        Optional.empty(),
        Optional.of("198.51.100." + (10 + position)),
        1,
        Optional.empty(),
        Optional.empty());
  }

  /** As random as a digest is, and another one for each number. */
  private static String digest(long number) {
    long high = mix(number);
    return (HEX.toHexDigits(high) + HEX.toHexDigits(mix(high + number))).repeat(2);
  }

  /** The finalizer of SplitMix64, which is one to one. */
  private static long mix(long number) {
    long z = number * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
