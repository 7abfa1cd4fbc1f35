// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainTotals;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.ParseResult.Parsed;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.TlsReport;
import io.tlsrpt.report.parser.ReportParser;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.FiguresText;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreOutcome.AlreadyStored;
import io.tlsrpt.store.StoreOutcome.Stored;
import io.tlsrpt.store.StoredReports;
import io.tlsrpt.testing.OldDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that release 1.0.0 wrote works with this release as with its own. */
class UpgradeTest {
  private static final Instant END = OldDatabase.END;
  private static final DomainName DOMAIN = new DomainName(OldDatabase.DOMAINS.getFirst());

  @TempDir Path directory;

  @BeforeEach
  void unpack() {
    OldDatabase.copyTo(file());
  }

  private Path file() {
    return directory.resolve("reports.db");
  }

  private SqliteReportStore open() {
    SqliteReportStore store =
        SqliteReportStore.open(
            SqliteDatabase.of(file()),
            new StoreLimits(
                1_000, new ReporterLimit(200, reporter -> reporter), d -> DomainStanding.NAMED),
            FailureWindow.DEFAULT,
            reporter -> true,
            InstantSource.fixed(END));
    assertThat(store.health()).isInstanceOf(StoreHealth.Available.class);
    return store;
  }

  @Test
  void figuresShouldStayAsTheyWere() throws IOException {
    try (SqliteReportStore upgraded = open()) {
      assertThat(figures(upgraded)).isEqualTo(oldFigures());
      assertThat(upgraded.lastReceipt()).isEqualTo(Instant.parse("2026-11-21T02:00:00Z"));
    }
    try (SqliteReportStore again = open()) {
      assertThat(figures(again)).isEqualTo(oldFigures());
    }
  }

  @Test
  void keptReportsShouldBeReadAsTheyWereWritten() {
    Set<Tuple> written =
        OldDatabase.reports().stream()
            .map(UpgradeTest::parsed)
            .flatMap(
                report ->
                    report.contributions().stream()
                        .map(contribution -> tuple(report.reportId(), contribution)))
            .collect(toSet());
    List<StoredReport> read = new ArrayList<>();
    try (SqliteReportStore store = open()) {
      store.read(ReportQuery.newest(10_000), read::add);
    }

    assertThat(read)
        .hasSize(1_300)
        .extracting(StoredReport::reportId, StoredReport::contribution)
        .hasSameElementsAs(written);
  }

  /** The digest of a report's content has changed since 1.0.0 for reports with failure details. */
  @Test
  void reportsThatComeAgainShouldBeDuplicates() throws IOException {
    try (SqliteReportStore store = open()) {
      for (OldDatabase.Report report : OldDatabase.reports()) {
        boolean hasDetails = report.json().contains("result-type");
        assertThat(store.commit(List.of(parsed(report))))
            .as(report.json())
            .containsExactly(new AlreadyStored(!hasDetails));
      }
      assertThat(figures(store)).isEqualTo(oldFigures());
    }
  }

  @Test
  void furtherReportsShouldBeAddedToTheFigures() {
    DomainTotals before;
    try (SqliteReportStore store = open()) {
      before = store.domain(DOMAIN).totals();
      assertThat(
              store.commit(
                  List.of(
                      further("bigmail.example", "1"),
                      further("bigmail.example", "2"),
                      further("new.example", "1"))))
          .containsExactly(new Stored(false), new Stored(true), new Stored(false));
    }

    try (SqliteReportStore store = open()) {
      DomainTotals after = store.domain(DOMAIN).totals();
      assertThat(after.reports()).isEqualTo(before.reports() + 3);
      assertThat(after.sessions().successful()).isEqualTo(before.sessions().successful() + 30);
      assertThat(after.sessions().failed()).isEqualTo(before.sessions().failed() + 3);
      assertThat(store.domain(DOMAIN).reporters().keySet())
          .extracting(DomainName::value)
          .containsExactlyInAnyOrder(
              "bigmail.example",
              "postbox.example",
              "freemail.example",
              "smallmail.example",
              "new.example");
      assertThat(store.commit(List.of(further("new.example", "1"))))
          .containsExactly(new AlreadyStored(true));
    }
  }

  private static NewReport further(String reporter, String id) {
    return StoredReports.report(reporter, id, END.plus(Duration.ofDays(1)), DOMAIN.value());
  }

  @Test
  void oldReportsShouldBeDeletedWhenTheirTimeHasCome() throws IOException {
    Instant tenthDay = Instant.parse("2026-10-11T00:00:00Z");
    long old =
        OldDatabase.reports().stream()
            .filter(report -> report.receivedAt().isBefore(tenthDay))
            .count();
    try (SqliteReportStore store = open()) {
      assertThat(store.deleteReports(tenthDay, 1_000)).isEqualTo((int) old).isPositive();
      assertThat(figures(store)).isEqualTo(oldFigures());
    }
  }

  private static String figures(ReportStore store) {
    return FiguresText.of(store.domains(), END)
        + FiguresText.of(store.domains(), END.plus(Duration.ofDays(6)))
        + FiguresText.of(store.domains(), END.plus(Duration.ofDays(11)));
  }

  private static String oldFigures() throws IOException {
    try (InputStream in =
        requireNonNull(UpgradeTest.class.getResourceAsStream("/io/tlsrpt/store/old/figures.txt"))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static NewReport parsed(OldDatabase.Report report) {
    TlsReport parsed =
        ((Parsed)
                new ReportParser(ReportLimits.DEFAULT)
                    .parse(
                        new ByteArrayInputStream(report.json().getBytes(UTF_8)), ContentForm.JSON)
                    .getFirst())
            .report();
    ReceivedReport received =
        new ReceivedReport(
            new DomainName(report.reporter()),
            report.receivedAt(),
            parsed,
            ReceivedReport.DEFAULT_RETENTION);
    return new NewReport(
        ReportIdentity.of(received),
        ReportContent.of(received),
        received.report().reportId(),
        parsed.policies().stream()
            .collect(groupingBy(entry -> entry.policy().policyDomain().orElseThrow()))
            .entrySet()
            .stream()
            .map(entry -> Contribution.of(received, entry.getKey(), entry.getValue()))
            .toList());
  }
}
