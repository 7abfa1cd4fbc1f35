// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import io.tlsrpt.figures.history.HistoryUnavailableException;
import io.tlsrpt.figures.history.ReportHistory;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.sql.Binder;
import io.tlsrpt.store.sql.ReportRows;
import io.tlsrpt.store.sql.StatementCache;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.sqlite.ProgressHandler;

/**
 * Reads stored reports through read-only connections of its own, so that no writer waits. Bulkhead:
 * few queries run at once, each for a few seconds, so that large or frequent queries slow down only
 * other queries.
 */
final class ReportReader implements ReportHistory {
  /** How long an answer may take. */
  static final Duration LONGEST = Duration.ofSeconds(5);

  private static final int MAX_AT_ONCE = 4;
  private static final int STEPS_BETWEEN_LOOKS_AT_THE_CLOCK = 10_000;

  // CROSS JOIN makes SQLite read the tables in this order. For all domains, that is along the index
  // of times of receipt.
  private static final String OF_ALL =
      """
      SELECT r.id, c.domain FROM report r CROSS JOIN contribution c ON c.report = r.id
      WHERE r.received_at >= ? AND (c.failures <> '' OR c.failed > 0 OR ?)
      ORDER BY r.received_at DESC, r.id DESC, c.domain LIMIT ?
      """;
  private static final String OF_ONE =
      """
      SELECT r.id, c.domain FROM policy_domain d
      CROSS JOIN contribution c ON c.domain = d.id
      CROSS JOIN report r ON r.id = c.report
      WHERE r.received_at >= ? AND (c.failures <> '' OR c.failed > 0 OR ?) AND d.name = ?
      ORDER BY r.received_at DESC, r.id DESC LIMIT ?
      """;
  // Details are read for one report at a time: a sort would hold those of all reports in memory.
  private static final String ONE =
      "SELECT "
          + ReportRows.CONTRIBUTION
          + """
          , s.name, d.name, r.report_id
          FROM report r
          JOIN contribution c ON c.report = r.id
          JOIN reporter s ON s.id = r.reporter
          JOIN policy_domain d ON d.id = c.domain
          WHERE r.id = ? AND c.domain = ?
          """;

  private final SqliteDatabase database;
  private final Duration longest;
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);

  ReportReader(SqliteDatabase database, Duration longest) {
    this.database = database;
    this.longest = longest;
  }

  @Override
  public void read(ReportQuery query, Predicate<StoredReport> reader) {
    // Do not wait for a place: a scrape of the metrics reads reports too, and must be quick.
    boolean place = places.tryAcquire();
    try {
      if (!place) {
        throw new SQLException(MAX_AT_ONCE + " operations are reading already; try again");
      }
      readInPlace(query, reader);
    } catch (SQLException | IOException | IllegalArgumentException e) {
      throw new HistoryUnavailableException(
          "the reports in " + database + " cannot be read: " + describe(e), e);
    } finally {
      if (place) {
        places.release();
      }
    }
  }

  private String describe(Exception e) {
    return e instanceof SQLException sql && database.isInterrupted(sql)
        ? "it takes longer than " + longest.toSeconds() + " seconds; ask for fewer days"
        : SqliteDatabase.describe(e);
  }

  private void readInPlace(ReportQuery query, Predicate<StoredReport> reader)
      throws SQLException, IOException {
    try (Connection connection = database.openToRead()) {
      endAfter(longest, connection);
      StatementCache statements = new StatementCache(connection);
      for (Row row : rows(statements, query)) {
        Optional<StoredReport> report = report(statements, row);
        if (report.isPresent() && !reader.test(report.get())) {
          return;
        }
      }
    }
  }

  /** Makes SQLite interrupt the statements of a connection once the time is over. */
  private static void endAfter(Duration time, Connection connection) throws SQLException {
    long start = System.nanoTime();
    ProgressHandler.setHandler(
        connection,
        STEPS_BETWEEN_LOOKS_AT_THE_CLOCK,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return System.nanoTime() - start > time.toNanos() ? 1 : 0;
          }
        });
  }

  private static List<Row> rows(StatementCache statements, ReportQuery query) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (ResultSet row = values(statements, query).add(query.atMost()).query()) {
      while (row.next()) {
        rows.add(new Row(row.getLong(1), row.getLong(2)));
      }
    }
    return rows;
  }

  private static Binder values(StatementCache statements, ReportQuery query) throws SQLException {
    Binder values =
        statements
            .of(query.domain().isPresent() ? OF_ONE : OF_ALL)
            .add(query.receivedSince())
            .add(query.failingOnly() ? 0 : 1);
    return query.domain().isPresent() ? values.add(query.domain().get().value()) : values;
  }

  /** Empty if the report was deleted after its number was read. */
  private static Optional<StoredReport> report(StatementCache statements, Row id)
      throws SQLException {
    try (ResultSet row = statements.of(ONE).add(id.report()).add(id.domain()).query()) {
      if (!row.next()) {
        return Optional.empty();
      }
      int next = ReportRows.CONTRIBUTION_COLUMNS;
      String reporter = row.getString(++next);
      DomainName domain = new DomainName(row.getString(++next));
      return Optional.of(
          new StoredReport(
              Optional.ofNullable(row.getString(++next)),
              ReportRows.contribution(row, reporter, domain)));
    }
  }

  private record Row(long report, long domain) {}
}
