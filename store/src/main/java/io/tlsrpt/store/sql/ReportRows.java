// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReceiptClock;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.store.NewReport;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;

/** The tables of reports and their contributions. For one thread at a time. */
public final class ReportRows {
  private static final int DIGEST_LENGTH = 32;

  /**
   * The columns that {@link #contribution} reads, in its order, of a report {@code r} and a
   * contribution {@code c}.
   */
  public static final String CONTRIBUTION =
      "r.received_at, r.range_start, r.range_end,"
          + " c.successful, c.failed, c.policies, c.failures, c.mode, c.details";

  /** How many columns {@link #CONTRIBUTION} has. */
  public static final int CONTRIBUTION_COLUMNS = 9;

  /** A report that states no range is stored with the UTC day of its receipt as range. */
  static final String RANGE_IS_DAY_OF_RECEIPT =
      "(range_start = received_at - received_at % 86400000 AND range_end = range_start + 86399000)";

  private static final String OLD_REPORTS =
      "(SELECT id FROM report WHERE received_at < ? ORDER BY received_at, id LIMIT ?)";

  private final StatementCache statements;
  private final NameTable reporters;
  private final NameTable domains;
  private final DetailsRoom room;
  private final PurgedIdentities purged;
  private long lastId;

  /**
   * Reads and writes through the statements of one connection; numbers go on from the highest one.
   */
  public ReportRows(
      StatementCache statements, NameTable reporters, NameTable domains, DetailsRoom room)
      throws SQLException {
    this.statements = statements;
    this.reporters = reporters;
    this.domains = domains;
    this.room = room;
    this.purged = new PurgedIdentities(statements);
    try (ResultSet row = statements.of("SELECT coalesce(max(id), 0) FROM report").query()) {
      this.lastId = row.next() ? row.getLong(1) : 0;
    }
  }

  /**
   * Whether the stored report of this identity has the same content; empty if there is none. A
   * deleted report is taken to have had the same content, since its content is gone.
   */
  public Optional<Boolean> sameContent(ReportIdentity identity, ReportContent content)
      throws SQLException {
    try (ResultSet row =
        statements
            .of(
                """
                SELECT c.content FROM report r JOIN contribution c ON c.report = r.id
                WHERE r.identity = ? LIMIT 1
                """)
            .add(digest(identity))
            .query()) {
      if (row.next()) {
        return Optional.of(row.getLong(1) == digest(content));
      }
    }
    return purged.contains(digest(identity)) ? Optional.of(true) : Optional.empty();
  }

  /** Whether any stored report about the domain has the same content. */
  public boolean contains(DomainName domain, ReportContent content) throws SQLException {
    try (ResultSet row =
        statements
            .of("SELECT 1 FROM contribution WHERE domain = ? AND content = ? LIMIT 1")
            .add(domains.id(domain))
            .add(digest(content))
            .query()) {
      return row.next();
    }
  }

  /** Inserts a report and its contributions. */
  public void insert(NewReport next) throws SQLException {
    ReceivedReport received = next.received();
    Contribution first = next.contributions().getFirst();
    long id = lastId + 1;
    statements
        .of(
            """
            INSERT INTO report (id, identity, reporter, received_at, range_start, range_end,
              report_id)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        .add(id)
        .add(digest(next.identity()))
        .add(reporters.id(received.reporter()))
        .add(first.receivedAt())
        .add(first.dateRange().startDatetime())
        .add(first.dateRange().endDatetime())
        .addText(received.report().reportId().map(FailureDetails::cut))
        .update();
    for (Contribution contribution : next.contributions()) {
      insert(id, next.content(), contribution);
    }
    lastId = id;
  }

  private void insert(long report, ReportContent content, Contribution contribution)
      throws SQLException {
    statements
        .of(
            """
            INSERT INTO contribution (report, domain, content, successful, failed, policies,
              failures, mode, details)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .add(report)
        .add(domains.id(contribution.domain()))
        .add(digest(content))
        .add(contribution.headline().successful())
        .add(contribution.headline().failed())
        .add(CountsText.write(contribution.byPolicyKind()))
        .add(CountsText.write(contribution.failures()))
        .add(contribution.mode().key())
        .addText(room.keep(contribution))
        .update();
  }

  /**
   * Computes the state of a domain again from its stored reports.
   *
   * @param counts whether the reports of a reporter count
   */
  public DomainState replay(
      DomainName domain, Predicate<DomainName> counts, Instant clock, FailureWindow window)
      throws SQLException {
    DomainState state = DomainState.of(domain);
    try (ResultSet row =
        statements
            .of(
                "SELECT "
                    + CONTRIBUTION
                    + """
                    , r.reporter FROM contribution c JOIN report r ON r.id = c.report
                    WHERE c.domain = ? ORDER BY c.report
                    """)
            .add(domains.id(domain))
            .query()) {
      while (row.next()) {
        DomainName reporter = reporters.name(row.getLong(CONTRIBUTION_COLUMNS + 1));
        if (counts.test(reporter)) {
          state = state.plus(contribution(row, reporter, domain), clock, window);
        }
      }
    }
    return state;
  }

  /** Reads a contribution from a row that begins with {@link #CONTRIBUTION}. */
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
        StateRows.mode(row.getString(8)),
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
                "SELECT max(range_end) FROM"
                    + " (SELECT * FROM report ORDER BY id DESC LIMIT 1000) WHERE NOT "
                    + RANGE_IS_DAY_OF_RECEIPT)
            .query()) {
      long end = row.next() ? row.getLong(1) : 0;
      return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(end));
    }
  }

  /** Deletes the oldest reports received before a time, at most {@code atMost}. */
  public int delete(Instant receivedBefore, int atMost) throws SQLException {
    purged.addAll(OLD_REPORTS, receivedBefore, atMost);
    statements
        .of("DELETE FROM contribution WHERE report IN " + OLD_REPORTS)
        .add(receivedBefore)
        .add(atMost)
        .update();
    return statements
        .of("DELETE FROM report WHERE id IN " + OLD_REPORTS)
        .add(receivedBefore)
        .add(atMost)
        .update();
  }

  /** Forgets some identities of reports that were deleted, whose range ended before a day. */
  public int deleteIdentities(LocalDate endedBefore, int atMost) throws SQLException {
    return purged.delete(endedBefore, atMost);
  }

  /** Half of a SHA-256: nobody finds a second text for it. */
  private static byte[] digest(ReportIdentity identity) {
    return HexFormat.of().parseHex(identity.digest(), 0, DIGEST_LENGTH);
  }

  /** A quarter of a SHA-256 is enough: only a remark depends on it. */
  private static long digest(ReportContent content) {
    return HexFormat.fromHexDigitsToLong(content.digest(), 0, DIGEST_LENGTH / 2);
  }
}
