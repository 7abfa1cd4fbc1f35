// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.ParseResult.Parsed;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.ReportParser;
import io.tlsrpt.report.TlsReport;
import io.tlsrpt.testing.OldDatabase;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Writes the old database, and the figures that release 1.0.0 shows of it. Compiled with the
 * classes of that release only, see testing/src/main/resources/io/tlsrpt/testing/old-database.md.
 */
final class FillOldDatabase {
  public static void main(String[] arguments) throws Exception {
    Path database = Path.of(arguments[0]);
    Path figures = Path.of(arguments[1]);
    InstantSource clock = InstantSource.fixed(OldDatabase.END);
    StoreLimits limits = new StoreLimits(10_000, new ReporterLimit(200, reporter -> reporter));
    try (SqliteReportStore store =
        SqliteReportStore.open(
            SqliteDatabase.of(database), limits, FailureWindow.DEFAULT, reporter -> true, clock)) {
      List<OldDatabase.Report> reports = OldDatabase.reports();
      for (OldDatabase.Report report : reports) {
        expect("Stored", store.commit(List.of(stored(report))));
      }
      // Some come again.
      for (OldDatabase.Report report : reports.subList(500, 520)) {
        expect("AlreadyStored", store.commit(List.of(stored(report))));
      }
      Files.writeString(
          figures,
          FiguresText.of(store.domains(), OldDatabase.END)
              + FiguresText.of(store.domains(), OldDatabase.END.plus(Duration.ofDays(6)))
              + FiguresText.of(store.domains(), OldDatabase.END.plus(Duration.ofDays(11))));
    }
  }

  private static void expect(String outcome, List<StoreOutcome> outcomes) {
    if (!outcomes.getFirst().getClass().getSimpleName().equals(outcome)) {
      throw new IllegalStateException(outcome + " expected, got " + outcomes);
    }
  }

  private static NewReport stored(OldDatabase.Report report) {
    TlsReport parsed =
        ((Parsed)
                new ReportParser(ReportLimits.DEFAULT)
                    .parse(
                        new ByteArrayInputStream(report.json().getBytes(UTF_8)), ContentForm.JSON))
            .report();
    ReceivedReport received =
        new ReceivedReport(
            report.reporter(), report.receivedAt(), parsed, ReceivedReport.DEFAULT_RETENTION);
    return new NewReport(
        ReportIdentity.of(received),
        ReportContent.of(received),
        received,
        parsed.policies().stream()
            .collect(groupingBy(entry -> entry.policy().policyDomain().orElseThrow()))
            .entrySet()
            .stream()
            .map(entry -> Contribution.of(received, entry.getKey(), entry.getValue()))
            .toList());
  }
}
