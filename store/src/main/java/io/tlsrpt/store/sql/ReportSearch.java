// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.history.Position;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.report.DomainName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the positions of the reports that are asked for. The statement has only the conditions that
 * the question has: a planner makes more of that than of conditions that may be switched off.
 */
final class ReportSearch {
  /** Beginning with the index of times of receipt, which has the order asked for. */
  private static final String OF_ALL = "report r %s contribution c ON c.report = r.id";

  /** Beginning with the index of domains: so the cost depends on the reports of one domain only. */
  private static final String OF_ONE = "contribution c %s report r ON r.id = c.report";

  private final StatementCache statements;
  private final String join;

  /**
   * Searches with queries that join tables in the given way.
   *
   * @param join as for {@link HistoryReader}
   */
  ReportSearch(StatementCache statements, String join) {
    this.statements = statements;
    this.join = join;
  }

  /** The positions, in the order asked for. */
  List<Position> positions(ReportQuery query) throws SQLException {
    OptionalLong domain = id("policy_domain", query.domain());
    OptionalLong reporter = id("reporter", query.reporter());
    boolean isKnown =
        domain.isPresent() == query.domain().isPresent()
            && reporter.isPresent() == query.reporter().isPresent();
    // Of a name without a number there is nothing, and a search would look at all reports for it.
    return isKnown ? positions(query, domain, reporter) : List.of();
  }

  /** The number of a domain; empty if no report is about it. */
  OptionalLong idOfDomain(DomainName domain) throws SQLException {
    return id("policy_domain", Optional.of(domain));
  }

  private OptionalLong id(String table, Optional<DomainName> name) throws SQLException {
    if (name.isEmpty()) {
      return OptionalLong.empty();
    }
    try (ResultSet row =
        statements
            .of("SELECT id FROM " + table + " WHERE name = ?")
            .add(name.get().value())
            .query()) {
      return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
    }
  }

  private List<Position> positions(ReportQuery query, OptionalLong domain, OptionalLong reporter)
      throws SQLException {
    Binder values = statements.of(sql(query)).add(query.receivedSince());
    if (domain.isPresent()) {
      values.add(domain.getAsLong());
    }
    if (reporter.isPresent()) {
      values.add(reporter.getAsLong());
    }
    if (query.kind().isPresent()) {
      values.add(pattern(query.kind().get()));
    }
    if (query.before().isPresent()) {
      Position before = query.before().get();
      values
          .add(before.receivedAt())
          .add(before.receivedAt())
          .add(before.report())
          .add(before.domain());
    }
    List<Position> positions = new ArrayList<>();
    try (ResultSet row = values.add(query.atMost()).query()) {
      while (row.next()) {
        positions.add(
            new Position(Instant.ofEpochMilli(row.getLong(1)), row.getLong(2), row.getLong(3)));
      }
    }
    return positions;
  }

  /** The statement, whose values come in the order of these lines. */
  private String sql(ReportQuery query) {
    StringBuilder sql =
        new StringBuilder("SELECT r.received_at, r.id, c.domain FROM ")
            .append((query.domain().isPresent() ? OF_ONE : OF_ALL).formatted(join))
            .append(" WHERE r.received_at >= ?");
    and(sql, query.domain(), "c.domain = ?");
    and(sql, query.reporter(), "r.reporter = ?");
    and(sql, query.kind(), "(',' || c.failures) LIKE ?");
    // The first condition follows from the second one; but an index of one table serves the first
    // one only.
    and(sql, query.before(), "r.received_at <= ? AND (r.received_at, r.id, c.domain) < (?, ?, ?)");
    if (query.failingOnly()) {
      sql.append(" AND (c.failures <> '' OR c.failed > 0)");
    }
    return sql.append(" ORDER BY r.received_at DESC, r.id DESC, c.domain DESC LIMIT ?").toString();
  }

  private static void and(StringBuilder sql, Optional<?> value, String condition) {
    if (value.isPresent()) {
      sql.append(" AND ").append(condition);
    }
  }

  /**
   * What is found in the text of counts, after a comma, if this kind is among them. No key has a
   * character that LIKE takes for another one.
   */
  private static String pattern(FailureKind kind) {
    return "%," + kind.key() + "=%";
  }
}
