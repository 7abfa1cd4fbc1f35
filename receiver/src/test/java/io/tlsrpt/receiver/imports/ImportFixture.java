// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.imports;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.ReporterLimit;
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
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreRules;
import io.tlsrpt.store.url.DatabaseUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Databases to import, and the command. */
final class ImportFixture {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final InstantSource CLOCK = InstantSource.fixed(NOW);

  private static final Duration DAY = Duration.ofDays(1);

  private final List<String> lines = new ArrayList<>();
  private Optional<String> typed = Optional.empty();

  /** A server's store. */
  static ReportStore open(String url) {
    return DatabaseUrl.parse(url)
        .orElseThrow()
        .open(
            new StoreRules(
                new StoreLimits(
                    1_000, new ReporterLimit(200, reporter -> reporter), d -> DomainStanding.NAMED),
                FailureWindow.DEFAULT,
                reporter -> true),
            new Node("james", Map.of()),
            CLOCK);
  }

  static ReportStore open(Path file) {
    return open("jdbc:sqlite:" + file);
  }

  static void fill(Path file, List<NewReport> reports) {
    try (ReportStore store = open(file)) {
      reports.forEach(report -> store.commit(List.of(report)));
    }
  }

  /** A report about each of so many days before {@link #NOW}, from the oldest on. */
  static List<NewReport> daily(int days) {
    List<NewReport> reports = new ArrayList<>();
    for (int day = days; day > 0; day--) {
      reports.add(
          report(
              day % 3 == 0 ? "b.example" : "a.example",
              NOW.minus(DAY.multipliedBy(day)),
              day % 4 == 0 ? 3 : 0,
              day % 5 == 0
                  ? List.of("one.example", "two.example")
                  : List.of(day % 2 == 0 ? "one.example" : "two.example")));
    }
    return reports;
  }

  /** A report about the day before its receipt. */
  static NewReport report(String reporter, Instant receipt, long failed, List<String> domains) {
    Instant day = receipt.truncatedTo(ChronoUnit.DAYS).minus(DAY);
    List<PolicyResult> entries =
        domains.stream().map(domain -> entry(new DomainName(domain), failed)).toList();
    ReceivedReport received =
        new ReceivedReport(
            new DomainName(reporter),
            receipt,
            new TlsReport(
                Optional.of("Example"),
                Optional.of(new DateRange(day, day.plus(DAY).minusSeconds(1))),
                "",
                Optional.empty(),
                Optional.of(receipt + "@" + reporter),
                entries),
            ReceivedReport.DEFAULT_RETENTION);
    return new NewReport(
        ReportIdentity.of(received),
        ReportContent.of(received),
        received.report().reportId(),
        entries.stream()
            .map(
                entry ->
                    Contribution.of(
                        received, entry.policy().policyDomain().orElseThrow(), List.of(entry)))
            .toList());
  }

  private static PolicyResult entry(DomainName domain, long failed) {
    FailureDetails details =
        new FailureDetails(
            new ResultType("certificate-expired"),
            Optional.of("192.0.2.1"),
            Optional.of("mx." + domain),
            Optional.empty(),
            Optional.empty(),
            failed,
            Optional.of("https://example.net/why"),
            Optional.empty());
    return new PolicyResult(
        new Policy(PolicyType.STS, List.of("mode: enforce"), Optional.of(domain), List.of()),
        new Summary(10, failed),
        ReportedFailures.of(failed == 0 ? List.of() : List.of(details)));
  }

  /** Runs the command; its exit code. */
  int run(String... arguments) {
    lines.clear();
    return new ImportCommand(
            lines::add,
            lines::add,
            new ImportCommand.PasswordSource() {
              @Override
              public Optional<String> given() {
                return Optional.empty();
              }

              @Override
              public Optional<String> ask(String prompt) {
                lines.add(prompt);
                return typed;
              }
            },
            CLOCK)
        .run(Arrays.asList(arguments));
  }

  /** A person types this when asked for the password. */
  void type(String password) {
    typed = Optional.of(password);
  }

  /** What it has said. */
  String said() {
    return String.join("\n", lines);
  }
}
