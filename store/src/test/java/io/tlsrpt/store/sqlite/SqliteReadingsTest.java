// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import static io.tlsrpt.store.StoredReports.RECEIPT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.figures.history.HistoryUnavailableException;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoredReports;
import io.tlsrpt.store.sql.HistoryReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading while others write, and cases in which reading fails. */
class SqliteReadingsTest {
  private static final ReportQuery ALL = ReportQuery.newest(1_000);

  @TempDir Path directory;

  private final List<SqliteReportStore> stores = new ArrayList<>();

  @AfterEach
  void close() {
    stores.forEach(SqliteReportStore::close);
  }

  @Test
  void readingShouldWaitForNoWriterAndNoWriterForIt() throws SQLException {
    SqliteReportStore store = open();
    store.commit(reports(0, 2));
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement writer = other.createStatement()) {
      writer.execute("BEGIN IMMEDIATE");
      assertThat(read(store)).hasSize(2);
      writer.execute("ROLLBACK");
    }

    List<StoredReport> seen = new ArrayList<>();
    store.read(
        ALL,
        report -> {
          store.commit(reports(10 + seen.size(), 1));
          return seen.add(report);
        });
    assertThat(seen).hasSize(2);
    assertThat(read(store)).hasSize(4);
  }

  @Test
  void questionThatTakesTooLongShouldBeEndedWithAdvice() {
    SqliteReportStore store = open();
    store.commit(reports(0, 3_000));
    HistoryReader hasty =
        new HistoryReader(
            new SqliteReadings(SqliteDatabase.of(file()), Duration.ZERO), SqliteReadings.JOIN);

    assertThatExceptionOfType(HistoryUnavailableException.class)
        .isThrownBy(() -> hasty.read(ALL, report -> true))
        .withMessageContaining("takes longer than 0 seconds; ask for fewer days");
    assertThat(read(store)).hasSize(1_000);
  }

  @Test
  void whoeverFindsNoPlaceShouldNotWait() {
    SqliteReportStore store = open();
    store.commit(reports(0, 1));

    assertThat(nested(store, 6)).isEqualTo(6);
    assertThatExceptionOfType(HistoryUnavailableException.class)
        .isThrownBy(() -> nested(store, 7))
        .withMessageContaining("6 operations are reading already; try again");
    assertThat(nested(store, 6)).isEqualTo(6);
  }

  /** Nests queries, each inside the one before; gives how many ran. */
  private static int nested(SqliteReportStore store, int depth) {
    if (depth == 0) {
      return 0;
    }
    AtomicInteger within = new AtomicInteger();
    store.read(ALL, report -> within.addAndGet(1 + nested(store, depth - 1)) < 0);
    return within.get();
  }

  @Test
  void databaseThatIsGoneShouldBeSaidAndNotMadeAnew() throws IOException {
    SqliteReportStore store = open();
    store.commit(reports(0, 1));
    Files.move(file(), directory.resolve("elsewhere"));

    assertThatExceptionOfType(HistoryUnavailableException.class)
        .isThrownBy(() -> read(store))
        .withMessageContaining("reports.db")
        .withMessageContaining("the file is gone");
    assertThat(file()).doesNotExist();
    Files.move(directory.resolve("elsewhere"), file());
  }

  @Test
  void connectionShouldNotBeAbleToWrite() throws Exception {
    open().commit(reports(0, 1));

    try (Connection reader = SqliteDatabase.of(file()).openToRead();
        Statement statement = reader.createStatement()) {
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> statement.execute("DELETE FROM contribution"))
          .withMessageContaining("readonly");
    }
  }

  private Path file() {
    return directory.resolve("reports.db");
  }

  private SqliteReportStore open() {
    SqliteReportStore store =
        SqliteReportStore.open(
            SqliteDatabase.of(file()),
            new StoreLimits(
                10, new ReporterLimit(10, reporter -> reporter), domain -> DomainStanding.NAMED),
            FailureWindow.DEFAULT,
            reporter -> true,
            InstantSource.fixed(RECEIPT));
    stores.add(store);
    return store;
  }

  private static List<NewReport> reports(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(
            i -> StoredReports.report("r" + i % 10 + ".example", "id-" + i, RECEIPT, "a.example"))
        .toList();
  }

  private static List<StoredReport> read(SqliteReportStore store) {
    List<StoredReport> reports = new ArrayList<>();
    store.read(ALL, reports::add);
    return reports;
  }
}
