// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.history.HistoryUnavailableException;
import io.tlsrpt.figures.history.ReportHistory;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.DomainName;
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

/**
 * Reads stored reports through connections of its own, so that no writer waits. Bulkhead: few
 * queries run at once, each for a few seconds, so that large or frequent queries slow down only
 * other queries. May be used by many threads at once.
 */
public final class HistoryReader implements ReportHistory {
  /** How long an answer may take. */
  public static final Duration LONGEST = Duration.ofSeconds(5);

  private static final int MAX_AT_ONCE = 4;

  // Details are read for one report at a time: a sort would hold those of all reports in memory.
  private static final String ONE =
      "SELECT "
          + ReportRows.CONTRIBUTION_COLUMNS
          + """
          , s.name, d.name, r.report_id
          FROM report r
          JOIN contribution c ON c.report = r.id
          JOIN reporter s ON s.id = r.reporter
          JOIN policy_domain d ON d.id = c.domain
          WHERE r.id = ? AND c.domain = ?
          """;

  private final Readings readings;
  private final String ofAll;
  private final String ofOne;
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);

  /** Opens the connections that reports are read through. */
  public interface Readings {
    /** Opens a connection that can only read, and whose statements fail after its longest time. */
    Connection open() throws SQLException, IOException;

    /** Describes a failure to the administrator. */
    String describe(Exception e);

    /** The database, without anything secret. */
    @Override
    String toString();
  }

  /**
   * Reads by queries that join tables in the given way.
   *
   * @param join {@code JOIN}, or what makes a database read the tables in the order written: for
   *     all domains along the index of times of receipt, for one along its contributions
   */
  public HistoryReader(Readings readings, String join) {
    this.readings = requireNonNull(readings, "readings");
    this.ofAll =
        """
        SELECT r.id, c.domain FROM report r %s contribution c ON c.report = r.id
        WHERE r.received_at >= ? AND (c.failures <> '' OR c.failed > 0 OR ? = 1)
        ORDER BY r.received_at DESC, r.id DESC, c.domain LIMIT ?
        """
            .formatted(join);
    this.ofOne =
        """
        SELECT r.id, c.domain FROM policy_domain d
        %1$s contribution c ON c.domain = d.id
        %1$s report r ON r.id = c.report
        WHERE r.received_at >= ? AND (c.failures <> '' OR c.failed > 0 OR ? = 1) AND d.name = ?
        ORDER BY r.received_at DESC, r.id DESC LIMIT ?
        """
            .formatted(join);
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
          "the reports in " + readings + " cannot be read: " + readings.describe(e), e);
    } finally {
      if (place) {
        places.release();
      }
    }
  }

  private void readInPlace(ReportQuery query, Predicate<StoredReport> reader)
      throws SQLException, IOException {
    try (Connection connection = readings.open()) {
      StatementCache statements = new StatementCache(connection);
      for (Id id : rows(statements, query)) {
        Optional<StoredReport> report = report(statements, id);
        if (report.isPresent() && !reader.test(report.get())) {
          return;
        }
      }
    }
  }

  private List<Id> rows(StatementCache statements, ReportQuery query) throws SQLException {
    List<Id> rows = new ArrayList<>();
    try (ResultSet row = values(statements, query).add(query.atMost()).query()) {
      while (row.next()) {
        rows.add(new Id(row.getLong(1), row.getLong(2)));
      }
    }
    return rows;
  }

  private Binder values(StatementCache statements, ReportQuery query) throws SQLException {
    Binder values =
        statements
            .of(query.domain().isPresent() ? ofOne : ofAll)
            .add(query.receivedSince())
            .add(query.failingOnly() ? 0 : 1);
    return query.domain().isPresent() ? values.add(query.domain().get().value()) : values;
  }

  /** Empty if the report was deleted after its number was read. */
  private static Optional<StoredReport> report(StatementCache statements, Id id)
      throws SQLException {
    try (ResultSet row = statements.of(ONE).add(id.report()).add(id.domain()).query()) {
      if (!row.next()) {
        return Optional.empty();
      }
      int next = ReportRows.COLUMNS;
      DomainName reporter = ReporterName.of(row.getString(++next));
      DomainName domain = new DomainName(row.getString(++next));
      return Optional.of(
          new StoredReport(
              Optional.ofNullable(row.getString(++next)),
              ReportRows.contribution(row, reporter, domain)));
    }
  }

  private record Id(long report, long domain) {}
}
