// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import static io.tlsrpt.store.StoredReports.DAY;
import static io.tlsrpt.store.StoredReports.RECEIPT;
import static io.tlsrpt.store.StoredReports.entry;
import static io.tlsrpt.store.StoredReports.failed;
import static io.tlsrpt.store.StoredReports.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.KnownKey;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreOutcome.Stored;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that no release has written, and after which the database must be usable still. */
class DamagedNamesTest {
  private static final DomainName DOMAIN = new DomainName("a.example");
  private static final DomainName GOOD = new DomainName("good.example");
  private static final DomainName BAD = new DomainName("bad.example");

  @TempDir Path directory;

  @BeforeEach
  void damage() throws SQLException {
    try (SqliteReportStore store = open(reporter -> true)) {
      store.commit(List.of(failing(GOOD, "1"), failing(BAD, "2")));
    }
    execute("UPDATE reporter SET name = 'b\u00e4d,example\n' WHERE name = 'bad.example'");
    execute("UPDATE failure_state SET reporters = replace(reporters, 'bad.', 'b\u00e4d,')");
  }

  @Test
  void reporterWithADamagedNameShouldBeUnknown() {
    try (SqliteReportStore store = open(reporter -> true)) {
      DomainState state = store.domain(DOMAIN);
      assertThat(state.reporters()).containsOnlyKeys(GOOD, ReceivedReport.UNKNOWN_REPORTER);
      assertThat(state.failures().values())
          .flatExtracting(FailureState::reporters)
          .containsExactly(GOOD, ReceivedReport.UNKNOWN_REPORTER);
      assertThat(reporters(store)).containsExactlyInAnyOrder(GOOD, ReceivedReport.UNKNOWN_REPORTER);
    }
  }

  @Test
  void furtherReportsShouldBeStoredAndRead() {
    try (SqliteReportStore store = open(reporter -> true)) {
      assertThat(
              store.commit(
                  List.of(failing(BAD, "3"), failing(ReceivedReport.UNKNOWN_REPORTER, "4"))))
          .hasSize(2)
          .hasOnlyElementsOfType(Stored.class);
    }

    try (SqliteReportStore store = open(reporter -> true)) {
      assertThat(store.domain(DOMAIN).totals().reports()).isEqualTo(4);
      assertThat(store.domain(DOMAIN).reporters())
          .containsOnlyKeys(GOOD, BAD, ReceivedReport.UNKNOWN_REPORTER);
      assertThat(reporters(store)).hasSize(4);
    }
  }

  @Test
  void figuresShouldBeComputedAgainWithoutReportersThatDoNotCount() {
    try (SqliteReportStore store = open(reporter -> !reporter.equals(GOOD))) {
      assertThat(store.domain(DOMAIN).reporters())
          .containsOnlyKeys(ReceivedReport.UNKNOWN_REPORTER);
    }
  }

  @Test
  void keyOfADamagedOrganisationShouldBeLeftOut() throws SQLException {
    KnownKey one = new KnownKey("s._domainkey.good.example", GOOD, "p=1", DAY, 1);
    KnownKey other = new KnownKey("s._domainkey.bad.example", BAD, "p=2", DAY, 1);
    try (SqliteReportStore store = open(reporter -> true)) {
      store.keepKeys(List.of(one, other), List.of());
    }
    execute("UPDATE known_key SET organisation = 'bad,example' WHERE organisation = 'bad.example'");

    try (SqliteReportStore store = open(reporter -> true)) {
      assertThat(store.knownKeys()).containsExactly(one);
      store.keepKeys(List.of(other), List.of());
      assertThat(store.knownKeys()).containsExactlyInAnyOrder(one, other);
    }
  }

  private static List<DomainName> reporters(SqliteReportStore store) {
    List<DomainName> reporters = new ArrayList<>();
    store.read(ReportQuery.newest(10), stored -> reporters.add(stored.contribution().reporter()));
    return reporters;
  }

  private static NewReport failing(DomainName reporter, String id) {
    return report(
        reporter.value(),
        id,
        DAY,
        RECEIPT,
        entry(DOMAIN.value(), 5, 2, failed("certificate-expired", 2, "mx.example")));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }

  private SqliteReportStore open(Predicate<DomainName> isCounted) {
    SqliteReportStore store =
        SqliteReportStore.open(
            SqliteDatabase.of(file()),
            new StoreLimits(
                10, new ReporterLimit(10, reporter -> reporter), domain -> DomainStanding.NAMED),
            FailureWindow.DEFAULT,
            isCounted,
            InstantSource.fixed(RECEIPT));
    assertThat(store.health()).isInstanceOf(StoreHealth.Available.class);
    return store;
  }

  private Path file() {
    return directory.resolve("reports.db");
  }
}
