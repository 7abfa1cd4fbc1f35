// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.ReporterState;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.StoreLimits;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * Limits how many reports a reporter can send about one domain and day, so that nobody fills the
 * disk. The table has a row only for days with a second report. For one thread at a time.
 */
public final class ReporterDays {
  /**
   * Rows deleted for each deleted report, at most. Enough, since a report speaks of few domains.
   */
  private static final int DAYS_OF_A_REPORT = 10;

  private final StatementCache statements;
  private final NameTable reporters;
  private final NameTable domains;
  private final Map<DomainName, DomainState> states;

  /**
   * Counts in the table, and asks the states for the first report of a day.
   *
   * @param states before the report that is added; a view
   */
  public ReporterDays(
      StatementCache statements,
      NameTable reporters,
      NameTable domains,
      Map<DomainName, DomainState> states) {
    this.statements = statements;
    this.reporters = reporters;
    this.domains = domains;
    this.states = states;
  }

  /**
   * Counts a report of a domain and day; false, and not counted, if that day has all its reports.
   */
  public boolean count(Contribution contribution) throws SQLException {
    return isFirstOfItsDay(contribution) || countFurther(contribution);
  }

  /**
   * Whether its day is later than all days that the reporter reported before; then it needs no row.
   * The first report of a day that was skipped is counted as if it were the second, so that such a
   * day takes one report less.
   */
  private boolean isFirstOfItsDay(Contribution contribution) {
    DomainState domain = states.get(contribution.domain());
    ReporterState reporter =
        domain == null ? null : domain.reporters().get(contribution.reporter());
    return reporter == null || contribution.day().isAfter(reporter.newestDay());
  }

  private boolean countFurther(Contribution contribution) throws SQLException {
    return key(
                """
                INSERT INTO reporter_day (day, domain, reporter, reports) VALUES (?, ?, ?, 2)
                ON CONFLICT (day, domain, reporter)
                DO UPDATE SET reports = reporter_day.reports + 1 WHERE reporter_day.reports < ?
                """,
                contribution)
            .add(StoreLimits.REPORTS_OF_A_DAY)
            .update()
        > 0;
  }

  private Binder key(String sql, Contribution contribution) throws SQLException {
    return statements
        .of(sql)
        .add(contribution.day())
        .add(domains.id(contribution.domain()))
        .add(reporters.id(contribution.reporter()));
  }

  /**
   * Deletes the counts of days so old that no report about them would be taken.
   *
   * @param endBefore reports whose range ended before this time are not taken
   * @param reports the most reports that are deleted at the same time
   */
  public void delete(Instant endBefore, int reports) throws SQLException {
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
