// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureCounts;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.PolicyDomain;
import io.tlsrpt.report.ResultType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The tables of reports: what was said, as long as it is kept. For one thread at a time. */
final class ReportRows {
  private static final int DIGEST_LENGTH = 32;
  private static final int MAX_DETAILS = 1_000;
  private static final int MAX_TEXT = 255;

  private static final String OLD_REPORTS =
      "(SELECT id FROM report WHERE received_at < ? ORDER BY received_at, id LIMIT ?)";

  private final Statements statements;
  private final Names reporters;
  private final Names domains;
  private long lastId;

  ReportRows(Statements statements, Names reporters, Names domains) throws SQLException {
    this.statements = statements;
    this.reporters = reporters;
    this.domains = domains;
    try (ResultSet row = statements.of("SELECT coalesce(max(id), 0) FROM report").query()) {
      this.lastId = row.next() ? row.getLong(1) : 0;
    }
  }

  /** Whether a report that is known said the same; empty if it is not known. */
  Optional<Boolean> sameContent(ReportIdentity identity, ReportContent content)
      throws SQLException {
    try (ResultSet row =
        statements
            .of("SELECT content FROM report WHERE identity = ?")
            .add(digest(identity.digest()))
            .query()) {
      return row.next()
          ? Optional.of(Arrays.equals(row.getBytes(1), digest(content.digest())))
          : Optional.empty();
    }
  }

  /** Whether any report said the same. */
  boolean contains(ReportContent content) throws SQLException {
    try (ResultSet row =
        statements
            .of("SELECT 1 FROM report WHERE content = ? LIMIT 1")
            .add(digest(content.digest()))
            .query()) {
      return row.next();
    }
  }

  void insert(NewReport next) throws SQLException {
    ReceivedReport received = next.received();
    Contribution first = next.contributions().getFirst();
    long id = lastId + 1;
    statements
        .of(
            """
            INSERT INTO report (id, identity, content, reporter, received_at, range_start,
              range_end, report_id, organization, contact)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .add(id)
        .add(digest(next.identity().digest()))
        .add(digest(next.content().digest()))
        .add(reporters.id(received.reporter()))
        .add(first.receivedAt())
        .add(first.dateRange().startDatetime())
        .add(first.dateRange().endDatetime())
        .addText(received.report().reportId().map(ReportRows::cut))
        .addText(received.report().organizationName().map(ReportRows::cut))
        .addText(received.report().contactInfo().map(ReportRows::cut))
        .update();
    for (Contribution contribution : next.contributions()) {
      insert(id, contribution);
    }
    lastId = id;
  }

  private void insert(long report, Contribution contribution) throws SQLException {
    long domain = domains.id(contribution.domain().value());
    statements
        .of(
            """
            INSERT INTO contribution (report, domain, successful, failed, policies, failures, mode)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        .add(report)
        .add(domain)
        .add(contribution.headline().successful())
        .add(contribution.headline().failed())
        .add(CountsText.write(contribution.byPolicyKind()))
        .add(CountsText.write(contribution.failures()))
        .add(contribution.mode().key())
        .update();
    int position = 0;
    for (FailureDetails details : mostImportant(contribution.details())) {
      insert(report, domain, position++, details);
    }
  }

  private void insert(long report, long domain, int position, FailureDetails details)
      throws SQLException {
    statements
        .of(
            """
            INSERT INTO failure_detail (report, domain, position, result_type, failed_sessions,
              sending_mta_ip, receiving_mx_hostname, receiving_mx_helo, receiving_ip,
              additional_information, failure_reason_code)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .add(report)
        .add(domain)
        .add(position)
        .add(cut(details.resultType().value()))
        .add(details.failedSessionCount())
        .addText(details.sendingMtaIp().map(ReportRows::cut))
        .addText(details.receivingMxHostname().map(ReportRows::cut))
        .addText(details.receivingMxHelo().map(ReportRows::cut))
        .addText(details.receivingIp().map(ReportRows::cut))
        .addText(details.additionalInformation().map(ReportRows::cut))
        .addText(details.failureReasonCode().map(ReportRows::cut))
        .update();
  }

  /** All, in their order, or those with the most sessions: one report must not fill the disk. */
  private static List<FailureDetails> mostImportant(List<FailureDetails> details) {
    return details.size() <= MAX_DETAILS
        ? details
        : details.stream()
            .sorted(Comparator.comparingLong(FailureDetails::failedSessionCount).reversed())
            .limit(MAX_DETAILS)
            .toList();
  }

  /**
   * The state that a domain's reports add up to, as far as they are kept.
   *
   * @param counts the reporters that do
   */
  DomainState replay(PolicyDomain domain, Predicate<String> counts, FailureWindow window)
      throws SQLException {
    DomainState state = DomainState.of(domain);
    try (ResultSet row =
        statements
            .of(
                """
                SELECT r.id, r.reporter, r.received_at, r.range_start, r.range_end,
                  c.successful, c.failed, c.policies, c.failures, c.mode
                FROM contribution c JOIN report r ON r.id = c.report
                WHERE c.domain = ? ORDER BY c.report
                """)
            .add(domains.id(domain.value()))
            .query()) {
      while (row.next()) {
        String reporter = reporters.name(row.getLong(2));
        if (counts.test(reporter)) {
          state = state.plus(contribution(row, reporter, domain), window);
        }
      }
    }
    return state;
  }

  private Contribution contribution(ResultSet row, String reporter, PolicyDomain domain)
      throws SQLException {
    FailureCounts failures = CountsText.readFailures(row.getString(9));
    return new Contribution(
        reporter,
        Instant.ofEpochMilli(row.getLong(3)),
        new DateRange(Instant.ofEpochMilli(row.getLong(4)), Instant.ofEpochMilli(row.getLong(5))),
        domain,
        new SessionCounts(row.getLong(6), row.getLong(7)),
        CountsText.readSessions(row.getString(8)),
        failures,
        StateRows.mode(row.getString(10)),
        failures.isZero() ? List.of() : details(row.getLong(1), domain));
  }

  private List<FailureDetails> details(long report, PolicyDomain domain) throws SQLException {
    List<FailureDetails> details = new ArrayList<>();
    try (ResultSet row =
        statements
            .of(
                """
                SELECT result_type, sending_mta_ip, receiving_mx_hostname, receiving_mx_helo,
                  receiving_ip, failed_sessions, additional_information, failure_reason_code
                FROM failure_detail WHERE report = ? AND domain = ? ORDER BY position
                """)
            .add(report)
            .add(domains.id(domain.value()))
            .query()) {
      while (row.next()) {
        details.add(
            new FailureDetails(
                new ResultType(row.getString(1)),
                Optional.ofNullable(row.getString(2)),
                Optional.ofNullable(row.getString(3)),
                Optional.ofNullable(row.getString(4)),
                Optional.ofNullable(row.getString(5)),
                row.getLong(6),
                Optional.ofNullable(row.getString(7)),
                Optional.ofNullable(row.getString(8))));
      }
    }
    return details;
  }

  /** Deletes reports that are older than a time, at most so many of them. */
  int delete(Instant receivedBefore, int atMost) throws SQLException {
    for (String table : List.of("failure_detail", "contribution")) {
      statements
          .of("DELETE FROM " + table + " WHERE report IN " + OLD_REPORTS)
          .add(receivedBefore)
          .add(atMost)
          .update();
    }
    return statements
        .of("DELETE FROM report WHERE id IN " + OLD_REPORTS)
        .add(receivedBefore)
        .add(atMost)
        .update();
  }

  /** Half of a SHA-256: nobody finds a second text for it. */
  private static byte[] digest(String hex) {
    return HexFormat.of().parseHex(hex, 0, DIGEST_LENGTH);
  }

  /** What a sender wrote, in bounds; a NUL is none of the characters that every database keeps. */
  private static String cut(String text) {
    String clean = text.replace('\0', '\uFFFD');
    return clean.length() <= MAX_TEXT
        ? clean
        : clean.substring(
            0, Character.isHighSurrogate(clean.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT);
  }
}
