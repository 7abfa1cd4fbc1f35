// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReceiptClock;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.fold.DetailsText;
import io.tlsrpt.store.fold.Digests;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of reports and their contributions. For one thread at a time. */
public final class ReportRows {
  private static final Logger LOGGER = LoggerFactory.getLogger(ReportRows.class);

  /**
   * The columns that {@link #contribution(ResultSet, DomainName, DomainName)} reads, in its order,
   * of a report {@code r} and a contribution {@code c}.
   */
  public static final String CONTRIBUTION_COLUMNS =
      "r.received_at, r.range_start, r.range_end,"
          + " c.successful, c.failed, c.policies, c.failures, c.mode, c.details";

  /** How many columns {@link #CONTRIBUTION_COLUMNS} has. */
  public static final int COLUMNS = 9;

  /** How a report is written. */
  public static final Write REPORT =
      Write.insert(
          "report",
          Column.number("id"),
          Column.octets("identity"),
          Column.number("reporter"),
          Column.number("received_at"),
          Column.number("range_start"),
          Column.number("range_end"),
          Column.text("report_id"));

  /** How a contribution is written. */
  public static final Write CONTRIBUTION =
      Write.insert(
          "contribution",
          Column.number("report"),
          Column.number("domain"),
          Column.number("content"),
          Column.number("successful"),
          Column.number("failed"),
          Column.text("policies"),
          Column.text("failures"),
          Column.text("mode"),
          Column.text("details"));

  /** A report that states no range is stored with the UTC day of its receipt as range. */
  static final String RANGE_IS_DAY_OF_RECEIPT =
      "(range_start = received_at - received_at % 86400000 AND range_end = range_start + 86399000)";

  private final StatementCache statements;
  private final DomainIds reporters;
  private final DomainIds domains;

  /** Reads and writes through the statements of one connection. */
  public ReportRows(StatementCache statements, DomainIds reporters, DomainIds domains) {
    this.statements = statements;
    this.reporters = reporters;
    this.domains = domains;
  }

  /** Writes a report, without its contributions. */
  public void write(RowWriter rows, long id, NewReport report) throws SQLException {
    Contribution first = report.contributions().getFirst();
    rows.row(REPORT)
        .add(id)
        .add(Digests.of(report.identity()))
        .add(reporters.id(report.reporter()))
        .add(first.receivedAt())
        .add(first.dateRange().startDatetime())
        .add(first.dateRange().endDatetime())
        .addText(report.reportId().map(FailureDetails::cut))
        .write();
  }

  /** Fills in the columns of {@link #CONTRIBUTION}; the caller ends the row. */
  public Row fill(
      Row row, long report, long content, Contribution contribution, Optional<String> details)
      throws SQLException {
    return row.add(report)
        .add(domains.id(contribution.domain()))
        .add(content)
        .add(contribution.headline().successful())
        .add(contribution.headline().failed())
        .add(CountsText.write(contribution.byPolicyKind()))
        .add(CountsText.write(contribution.failures()))
        .add(contribution.mode().key())
        .addText(details);
  }

  /**
   * Computes the state of a domain again from its stored reports, without some reporters.
   *
   * @param order the column of {@code contribution c} that has the order of commits
   * @param isCounted whether the reports of a reporter make up the state
   */
  public DomainState replay(
      DomainName domain,
      String order,
      Predicate<DomainName> isCounted,
      Instant clock,
      FailureWindow window)
      throws SQLException {
    LOGGER.info(
        "The current figures of {} are computed again, without reporters that no longer count",
        domain);
    DomainState state = DomainState.of(domain);
    try (ResultSet row =
        statements
            .of(
                "SELECT "
                    + CONTRIBUTION_COLUMNS
                    + ", r.reporter FROM contribution c JOIN report r ON r.id = c.report"
                    + " WHERE c.domain = ? ORDER BY "
                    + order)
            .add(domains.id(domain))
            .query()) {
      while (row.next()) {
        DomainName reporter = reporters.name(row.getLong(COLUMNS + 1));
        if (isCounted.test(reporter)) {
          state = state.plus(contribution(row, reporter, domain), clock, window);
        }
      }
    }
    return state;
  }

  /** Reads a contribution from a row that begins with {@link #CONTRIBUTION_COLUMNS}. */
  public static Contribution contribution(ResultSet row, DomainName reporter, DomainName domain)
      throws SQLException {
    return new Contribution(
        reporter,
        Instant.ofEpochMilli(row.getLong(1)),
        new DateRange(Instant.ofEpochMilli(row.getLong(2)), Instant.ofEpochMilli(row.getLong(3))),
        domain,
        new SessionCounts(row.getLong(4), row.getLong(5)),
        CountsText.readSessions(row.getString(6)),
        CountsText.readFailures(row.getString(7)),
        StateReader.mode(row.getString(8)),
        DetailsText.read(Optional.ofNullable(row.getString(9))));
  }

  /** How many reports are stored. */
  public long count() throws SQLException {
    try (ResultSet row = statements.of("SELECT count(*) FROM report").query()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /**
   * Repairs rows written while our clock was ahead. A receipt that lies ahead becomes now, and a
   * range that is the day of such a receipt becomes today.
   */
  public void believe(Instant clock) throws SQLException {
    Instant ahead = clock.plus(ReceiptClock.TOLERANCE);
    Instant midnight = clock.truncatedTo(ChronoUnit.DAYS);
    statements
        .of(
            "UPDATE report SET range_start = ?, range_end = ? + 86399000 WHERE received_at > ? AND "
                + RANGE_IS_DAY_OF_RECEIPT)
        .add(midnight)
        .add(midnight)
        .add(ahead)
        .update();
    statements
        .of("UPDATE report SET received_at = ? WHERE received_at > ?")
        .add(clock)
        .add(ahead)
        .update();
  }

  /** The latest range end that one of the newest reports states; empty if none states a range. */
  public Optional<Instant> latestRangeEnd() throws SQLException {
    try (ResultSet row =
        statements
            .of(
                "SELECT max(range_end) FROM (SELECT * FROM report ORDER BY id DESC LIMIT 1000)"
                    + " AS newest WHERE NOT "
                    + RANGE_IS_DAY_OF_RECEIPT)
            .query()) {
      long end = row.next() ? row.getLong(1) : 0;
      return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(end));
    }
  }
}
