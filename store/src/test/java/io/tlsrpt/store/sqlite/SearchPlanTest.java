// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.history.Position;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.ReportStoreContract;
import io.tlsrpt.store.StoredReports;
import io.tlsrpt.store.sql.HistoryReader;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How SQLite finds reports: along an index, whatever is asked for and however many there are. */
class SearchPlanTest {
  private static final DomainName DOMAIN = new DomainName("a.example");
  private static final DomainName REPORTER = new DomainName("reporter.example");
  private static final Position LAST = new Position(StoredReports.RECEIPT, 1, 1);
  private static final List<UnaryOperator<ReportQuery>> CONDITIONS =
      List.of(
          query -> query.by(REPORTER),
          query -> query.with(FailureKind.OTHER),
          ReportQuery::failing,
          query -> query.before(LAST));

  @TempDir Path directory;

  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void fill() {
    try (SqliteReportStore store =
        SqliteReportStore.open(
            SqliteDatabase.of(file()),
            ReportStoreContract.LIMITS,
            FailureWindow.DEFAULT,
            reporter -> true,
            () -> StoredReports.RECEIPT)) {
      store.commit(
          List.of(
              StoredReports.report(REPORTER.value(), "1", StoredReports.RECEIPT, DOMAIN.value())));
    }
  }

  @Test
  void reportsOfAllDomainsShouldBeReadInTheOrderOfReceiptUntilTheyAreEnough() throws Exception {
    for (ReportQuery query : combinations(ReportQuery.newest(50))) {
      assertThat(plan(query))
          .as(query.toString())
          .anyMatch(step -> step.contains("INDEX report_received_at (received_at>?"))
          .noneMatch(step -> step.contains("TEMP B-TREE"));
      assertThat(plan(query).stream().filter(step -> step.contains("received_at<?")).count())
          .as(query.toString())
          .isEqualTo(query.before().stream().count());
    }
  }

  @Test
  void reportsOfADomainShouldCostWhatTheDomainHas() throws Exception {
    for (ReportQuery query : combinations(ReportQuery.newest(50).of(DOMAIN))) {
      assertThat(plan(query))
          .as(query.toString())
          .anyMatch(step -> step.contains("INDEX contribution_domain (domain=?)"));
    }
    reader().days(DOMAIN, LocalDate.EPOCH);
    assertThat(plan())
        .anyMatch(step -> step.contains("COVERING INDEX contribution_domain (domain=?)"));
  }

  @Test
  void oneReportShouldBeLookedUp() throws Exception {
    assertThat(reader().report(1)).hasSize(1);
    assertThat(plan()).anyMatch(step -> step.contains("r USING INTEGER PRIMARY KEY (rowid=?)"));
  }

  private static List<ReportQuery> combinations(ReportQuery all) {
    List<ReportQuery> queries = new ArrayList<>(List.of(all));
    for (UnaryOperator<ReportQuery> condition : CONDITIONS) {
      queries.addAll(queries.stream().map(condition).toList());
    }
    return queries;
  }

  private List<String> plan(ReportQuery query) throws SQLException {
    reader().read(query, report -> true);
    return plan();
  }

  /** The steps of what has been asked since the last time; none of them may read a whole table. */
  private List<String> plan() throws SQLException {
    List<String> steps = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      for (String sql : asked) {
        try (ResultSet row = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
          while (row.next()) {
            steps.add(row.getString("detail"));
          }
        }
      }
    }
    asked.clear();
    assertThat(steps).isNotEmpty().noneMatch(step -> step.startsWith("SCAN"));
    return steps;
  }

  private HistoryReader reader() {
    return new HistoryReader(new Recorded(), SqliteReadings.JOIN);
  }

  private Path file() {
    return directory.resolve("reports.db");
  }

  /** Connections that note what is asked through them. */
  private final class Recorded implements HistoryReader.Readings {
    @Override
    public Connection open() throws SQLException, IOException {
      Connection connection = SqliteDatabase.of(file()).openToRead();
      return (Connection)
          Proxy.newProxyInstance(
              Connection.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("prepareStatement")) {
                  asked.add((String) arguments[0]);
                }
                try {
                  return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getTargetException();
                }
              });
    }

    @Override
    public String describe(Exception e) {
      return e.toString();
    }
  }
}
