// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sqlite;

import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.fold.DetailsUse;
import io.tlsrpt.store.fold.Digests;
import io.tlsrpt.store.fold.DomainContent;
import io.tlsrpt.store.fold.DomainReporter;
import io.tlsrpt.store.fold.Known;
import io.tlsrpt.store.fold.ReporterDay;
import io.tlsrpt.store.fold.Wanted;
import io.tlsrpt.store.sql.DomainIds;
import io.tlsrpt.store.sql.StatementCache;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.OptionalLong;

/** Looks up what a fold must know, one thing after the other. */
final class Lookups {
  /** The content of the report that is stored, and whether the report was deleted. */
  private static final String IDENTITY =
      """
      SELECT
        (SELECT c.content FROM report r JOIN contribution c ON c.report = r.id
         WHERE r.identity = ?1 LIMIT 1),
        EXISTS (SELECT 1 FROM purged_identity WHERE identity = ?1)
      """;

  private final StatementCache statements;
  private final DomainIds reporters;
  private final DomainIds domains;

  Lookups(StatementCache statements, DomainIds reporters, DomainIds domains) {
    this.statements = statements;
    this.reporters = reporters;
    this.domains = domains;
  }

  Known find(Wanted wanted) throws SQLException {
    Known known = new Known();
    for (NewReport report : wanted.reports()) {
      find(report.identity(), known);
    }
    for (DomainContent content : wanted.contents()) {
      find(content, known);
    }
    for (ReporterDay day : wanted.days()) {
      find(day, known);
    }
    for (DomainReporter whose : wanted.details()) {
      find(whose, known);
    }
    return known;
  }

  private void find(ReportIdentity identity, Known known) throws SQLException {
    byte[] digest = Digests.of(identity);
    try (ResultSet row = statements.of(IDENTITY).add(digest).query()) {
      if (row.next() && row.getBoolean(2)) {
        known.deletedReport(Digests.hex(identity));
      }
      long content = row.getLong(1);
      if (!row.wasNull()) {
        known.report(Digests.hex(identity), content);
      }
    }
  }

  private void find(DomainContent content, Known known) throws SQLException {
    OptionalLong domain = domains.find(content.domain());
    if (domain.isEmpty()) {
      return;
    }
    try (ResultSet row =
        statements
            .of("SELECT 1 FROM contribution WHERE domain = ? AND content = ? LIMIT 1")
            .add(domain.getAsLong())
            .add(content.content())
            .query()) {
      if (row.next()) {
        known.content(content);
      }
    }
  }

  private void find(ReporterDay day, Known known) throws SQLException {
    OptionalLong domain = domains.find(day.whose().domain());
    OptionalLong reporter = reporters.find(day.whose().reporter());
    if (domain.isEmpty() || reporter.isEmpty()) {
      return;
    }
    try (ResultSet row =
        statements
            .of("SELECT reports FROM reporter_day WHERE day = ? AND domain = ? AND reporter = ?")
            .add(day.day())
            .add(domain.getAsLong())
            .add(reporter.getAsLong())
            .query()) {
      if (row.next()) {
        known.reportsOf(day, row.getInt(1));
      }
    }
  }

  private void find(DomainReporter whose, Known known) throws SQLException {
    OptionalLong domain = domains.find(whose.domain());
    OptionalLong reporter = reporters.find(whose.reporter());
    if (domain.isEmpty() || reporter.isEmpty()) {
      return;
    }
    try (ResultSet row =
        statements
            .of(
                """
                SELECT details_day, details_octets FROM reporter_state
                WHERE domain = ? AND reporter = ? AND details_day IS NOT NULL
                """)
            .add(domain.getAsLong())
            .add(reporter.getAsLong())
            .query()) {
      if (row.next()) {
        known.details(whose, new DetailsUse(LocalDate.ofEpochDay(row.getLong(1)), row.getInt(2)));
      }
    }
  }
}
