// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.Archive;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.fold.Digests;
import io.tlsrpt.store.sql.ReportRows;
import io.tlsrpt.store.sql.ReporterName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the reports of a file as they were committed, one after the other. */
final class ArchivedReports implements Archive.Cursor {
  /** The contributions to a domain of the reports received since a time. */
  static final String OF_A_DOMAIN =
      "SELECT "
          + ReportRows.CONTRIBUTION_COLUMNS
          + """
          , s.name FROM contribution c
          JOIN report r ON r.id = c.report JOIN reporter s ON s.id = r.reporter
          WHERE c.domain = ? AND r.received_at >= ?
          """;

  // CROSS JOIN: along the index of times of receipt, without a sort.
  private static final String IN_ORDER =
      "SELECT "
          + ReportRows.CONTRIBUTION_COLUMNS
          + """
          , s.name, d.name, r.id, r.identity, r.report_id, c.content FROM report r
          CROSS JOIN contribution c ON c.report = r.id
          CROSS JOIN reporter s ON s.id = r.reporter
          CROSS JOIN policy_domain d ON d.id = c.domain
          WHERE r.received_at >= ? ORDER BY r.received_at, r.id
          """;

  private static final int REPORTER = ReportRows.COLUMNS + 1;
  private static final int DOMAIN = REPORTER + 1;
  private static final int ID = DOMAIN + 1;
  private static final int IDENTITY = ID + 1;
  private static final int REPORT_ID = IDENTITY + 1;
  private static final int CONTENT = REPORT_ID + 1;

  private final SqliteArchive archive;
  private final PreparedStatement statement;
  private final ResultSet row;
  private boolean hasRow;
  private long damaged;

  ArchivedReports(SqliteArchive archive, Connection connection, Instant since) throws SQLException {
    this.archive = archive;
    this.statement = connection.prepareStatement(IN_ORDER);
    statement.setLong(1, since.toEpochMilli());
    this.row = statement.executeQuery();
    this.hasRow = row.next();
  }

  @Override
  public Optional<NewReport> next() {
    return archive.reading(
        () -> {
          Optional<NewReport> report = Optional.empty();
          while (hasRow && report.isEmpty()) {
            report = report();
          }
          return report;
        });
  }

  /** The report of the present row and the rows after it; empty if all of them are damaged. */
  private Optional<NewReport> report() throws SQLException {
    long id = row.getLong(ID);
    byte[] identity = row.getBytes(IDENTITY);
    long content = row.getLong(CONTENT);
    Optional<String> reportId = Optional.ofNullable(row.getString(REPORT_ID));
    List<Contribution> contributions = new ArrayList<>();
    for (; hasRow && row.getLong(ID) == id; hasRow = row.next()) {
      Optional<Contribution> read = contribution();
      read.ifPresent(contributions::add);
      damaged += read.isPresent() ? 0 : 1;
    }
    return contributions.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new NewReport(
                Digests.identity(identity), Digests.content(content), reportId, contributions));
  }

  private Optional<Contribution> contribution() throws SQLException {
    Optional<DomainName> domain = DomainName.parse(row.getString(DOMAIN));
    try {
      return domain.isPresent() ? Optional.of(contribution(row, domain.get())) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Reads a row of the columns of a contribution and the name of its reporter. */
  static Contribution contribution(ResultSet row, DomainName domain) throws SQLException {
    return ReportRows.contribution(row, ReporterName.of(row.getString(REPORTER)), domain);
  }

  @Override
  public long damaged() {
    return damaged;
  }

  @Override
  public void close() {
    archive.reading(
        () -> {
          statement.close();
          return archive;
        });
  }
}
