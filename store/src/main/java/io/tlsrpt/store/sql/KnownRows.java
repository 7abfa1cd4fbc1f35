// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.store.fold.DetailsUse;
import io.tlsrpt.store.fold.DomainReporter;
import io.tlsrpt.store.fold.Known;
import io.tlsrpt.store.fold.ReporterDay;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** The rows that keep what reporters may still send. For one thread at a time. */
public final class KnownRows {
  /**
   * Rows deleted for each deleted report, at most. Enough, since a report speaks of few domains.
   */
  private static final int DAYS_OF_A_REPORT = 10;

  private static final Write REPORTER_DAY =
      Write.upsert(
          "reporter_day",
          List.of(Column.number("day"), Column.number("domain"), Column.number("reporter")),
          Column.number("reports"));
  private static final Write DETAILS_USE =
      Write.update(
          "reporter_state",
          List.of(Column.number("domain"), Column.number("reporter")),
          Column.number("details_day"),
          Column.number("details_octets"));

  private final StatementCache statements;
  private final DomainIds reporters;
  private final DomainIds domains;

  public KnownRows(StatementCache statements, DomainIds reporters, DomainIds domains) {
    this.statements = statements;
    this.reporters = reporters;
    this.domains = domains;
  }

  /** Writes what a fold has changed. Call after the states of the reporters have been written. */
  public void write(RowWriter rows, Known known) throws SQLException {
    for (Map.Entry<ReporterDay, Integer> day : known.changedDays().entrySet()) {
      rows.row(REPORTER_DAY)
          .add(day.getKey().day())
          .add(domains.id(day.getKey().whose().domain()))
          .add(reporters.id(day.getKey().whose().reporter()))
          .add(day.getValue())
          .write();
    }
    for (Map.Entry<DomainReporter, DetailsUse> use : known.changedUse().entrySet()) {
      rows.row(DETAILS_USE)
          .add(domains.id(use.getKey().domain()))
          .add(reporters.id(use.getKey().reporter()))
          .add(use.getValue().day())
          .add(use.getValue().octets())
          .write();
    }
  }

  /**
   * Deletes the counts of days so old that no report about them would be taken.
   *
   * @param endBefore reports whose range ended before this time are not taken
   * @param reports the most reports that are deleted at the same time
   */
  public void deleteDays(Instant endBefore, int reports) throws SQLException {
    LocalDate firstDay =
        LocalDate.ofInstant(endBefore.minus(ReceivedReport.LONGEST_RANGE), ZoneOffset.UTC);
    statements
        .of(
            """
            DELETE FROM reporter_day WHERE (day, domain, reporter) IN (
              SELECT day, domain, reporter FROM reporter_day WHERE day < ?
              ORDER BY day, domain, reporter LIMIT ?)
            """)
        .add(firstDay)
        .add((long) DAYS_OF_A_REPORT * reports)
        .update();
  }
}
