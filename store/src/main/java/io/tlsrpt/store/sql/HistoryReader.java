// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.figures.history.HistoryUnavailableException;
import io.tlsrpt.figures.history.Position;
import io.tlsrpt.figures.history.ReportHistory;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.ReportsOfDay;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.DomainName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

  /** Four questions of JMX and two of pages, each of which keep to their part. */
  private static final int MAX_AT_ONCE = 6;

  /** A domain's days and texts of failures: half a million are what fits into memory. */
  private static final int MAX_PARTS_OF_DAYS = 500_000;

  private static final long DAY = Duration.ofDays(1).toMillis();

  // Details are read for one report at a time: a sort would hold those of all reports in memory.
  private static final String CONTRIBUTION =
      "SELECT "
          + ReportRows.CONTRIBUTION_COLUMNS
          + """
          , s.name, d.name, r.report_id, c.domain
          FROM report r
          JOIN contribution c ON c.report = r.id
          JOIN reporter s ON s.id = r.reporter
          JOIN policy_domain d ON d.id = c.domain
          WHERE r.id = ?
          """;
  private static final String ONE = CONTRIBUTION + " AND c.domain = ?";
  private static final String REPORT = CONTRIBUTION + " ORDER BY d.name";

  private final Readings readings;
  private final String join;
  private final String days;
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
    this.join = requireNonNull(join, "join");
    // Added up by the database as far as it can: a domain may have many reports of a day. The index
    // of domains has the numbers of reports, so a contribution is looked up for the days asked for
    // only.
    this.days =
        """
        SELECT r.range_start / %1$d AS day, c.failures, count(*), sum(c.successful), sum(c.failed)
        FROM contribution i
        %2$s report r ON r.id = i.report
        %2$s contribution c ON c.report = i.report AND c.domain = i.domain
        WHERE i.domain = ? AND r.range_start >= ?
        GROUP BY day, c.failures LIMIT %3$d
        """
            .formatted(DAY, join, MAX_PARTS_OF_DAYS + 1);
  }

  @Override
  public void read(ReportQuery query, Predicate<StoredReport> reader) {
    inPlace(
        statements -> {
          for (Position position : new ReportSearch(statements, join).positions(query)) {
            Optional<StoredReport> report = report(statements, position);
            if (report.isPresent() && !reader.test(report.get())) {
              break;
            }
          }
          return List.of();
        });
  }

  @Override
  public List<StoredReport> report(long id) {
    return inPlace(statements -> reports(statements.of(REPORT).add(id), id));
  }

  @Override
  public List<ReportsOfDay> days(DomainName domain, LocalDate since) {
    return inPlace(
        statements -> {
          OptionalLong id = new ReportSearch(statements, join).idOfDomain(domain);
          return id.isPresent() ? days(statements, id.getAsLong(), since) : List.of();
        });
  }

  private <T> List<T> inPlace(Question<T> question) {
    // Do not wait for a place: a scrape of the metrics reads reports too, and must be quick.
    boolean place = places.tryAcquire();
    try {
      if (!place) {
        throw new SQLException(MAX_AT_ONCE + " operations are reading already; try again");
      }
      try (Connection connection = readings.open()) {
        return question.ask(new StatementCache(connection));
      }
    } catch (SQLException | IOException | IllegalArgumentException e) {
      throw new HistoryUnavailableException(
          "the reports in " + readings + " cannot be read: " + readings.describe(e), e);
    } finally {
      if (place) {
        places.release();
      }
    }
  }

  /** Empty if the report was deleted after its position was read. */
  private static Optional<StoredReport> report(StatementCache statements, Position position)
      throws SQLException {
    return reports(
            statements.of(ONE).add(position.report()).add(position.domain()), position.report())
        .stream()
        .findFirst();
  }

  private static List<StoredReport> reports(Binder values, long id) throws SQLException {
    List<StoredReport> reports = new ArrayList<>();
    try (ResultSet row = values.query()) {
      while (row.next()) {
        int next = ReportRows.COLUMNS;
        DomainName reporter = ReporterName.of(row.getString(++next));
        DomainName domain = new DomainName(row.getString(++next));
        Optional<String> reportId = Optional.ofNullable(row.getString(++next));
        Contribution contribution = ReportRows.contribution(row, reporter, domain);
        reports.add(
            new StoredReport(
                new Position(contribution.receivedAt(), id, row.getLong(++next)),
                reportId,
                contribution));
      }
    }
    return reports;
  }

  private List<ReportsOfDay> days(StatementCache statements, long domain, LocalDate since)
      throws SQLException {
    List<ReportsOfDay> parts = new ArrayList<>();
    try (ResultSet row =
        statements
            .of(days)
            .add(domain)
            .add(since.atStartOfDay(ZoneOffset.UTC).toInstant())
            .query()) {
      while (row.next()) {
        parts.add(
            new ReportsOfDay(
                EpochDays.of(row.getLong(1)),
                row.getLong(3),
                new SessionCounts(row.getLong(4), row.getLong(5)),
                CountsText.readFailures(row.getString(2))));
      }
    }
    if (parts.size() > MAX_PARTS_OF_DAYS) {
      throw new SQLException("there are too many reports; ask for fewer days");
    }
    return ReportsOfDay.sums(parts);
  }

  /** Something to be read through one connection. */
  private interface Question<T> {
    List<T> ask(StatementCache statements) throws SQLException, IOException;
  }
}
