// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.DomainTotals;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.FailureState;
import io.tlsrpt.figures.Gaps;
import io.tlsrpt.figures.Incident;
import io.tlsrpt.figures.ReportedDay;
import io.tlsrpt.figures.ReporterState;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the states of domains out of three queries, in this order: {@link #REPORTERS}, {@link
 * #FAILURES}, {@link #DOMAINS}. Each may be narrowed by a condition on {@code domain}. An object is
 * for one reading, by one thread.
 */
public final class StateReader {
  /** The query that {@link #reporters} reads. */
  public static final String REPORTERS =
      "SELECT domain, reporter, last_heard, gaps, newest_day, mode, sessions_day, successful,"
          + " failed, failures, last_receipt, end_of_range FROM reporter_state";

  /** The query that {@link #failures} reads. */
  public static final String FAILURES =
      "SELECT domain, kind, first_seen, last_seen, spell_first_day, spell_last_day, reporters,"
          + " receiving_mx FROM failure_state";

  /** The query that {@link #domains} reads. */
  public static final String DOMAINS =
      "SELECT domain, reports, successful, failed, policies, failures, last_report_time,"
          + " last_report_end, last_failure, recent_days FROM domain_state";

  private static final Map<String, MtaStsMode> MODES =
      Stream.of(MtaStsMode.values())
          .collect(Collectors.toUnmodifiableMap(MtaStsMode::key, Function.identity()));

  private final DomainIds reporterIds;
  private final DomainIds domainIds;
  private final Map<Long, Map<DomainName, ReporterState>> byReporter = new HashMap<>();
  private final Map<Long, Map<FailureKind, FailureState>> byKind = new HashMap<>();

  public StateReader(DomainIds reporterIds, DomainIds domainIds) {
    this.reporterIds = reporterIds;
    this.domainIds = domainIds;
  }

  /** Reads the states of reporters. */
  public void reporters(ResultSet row) throws SQLException {
    while (row.next()) {
      byReporter
          .computeIfAbsent(row.getLong(1), id -> new HashMap<>())
          .put(reporterIds.name(row.getLong(2)), reporter(row));
    }
  }

  /** Reads the states of failures. */
  public void failures(ResultSet row) throws SQLException {
    while (row.next()) {
      byKind
          .computeIfAbsent(row.getLong(1), id -> new EnumMap<>(FailureKind.class))
          .put(CountsText.failureKind(row.getString(2)), failure(row));
    }
  }

  /** Reads the domains, and puts all together. */
  public Map<DomainName, DomainState> domains(ResultSet row) throws SQLException {
    Map<DomainName, DomainState> states = new HashMap<>();
    while (row.next()) {
      long id = row.getLong(1);
      DomainName domain = domainIds.name(id);
      states.put(
          domain,
          new DomainState(
              domain,
              totals(row),
              CountsText.readDays(row.getString(10)),
              byReporter.getOrDefault(id, Map.of()),
              byKind.getOrDefault(id, Map.of())));
    }
    return states;
  }

  private static DomainTotals totals(ResultSet row) throws SQLException {
    return new DomainTotals(
        row.getLong(2),
        new SessionCounts(row.getLong(3), row.getLong(4)),
        CountsText.readSessions(row.getString(5)),
        CountsText.readFailures(row.getString(6)),
        Optional.of(Instant.ofEpochMilli(row.getLong(7))),
        Optional.of(Instant.ofEpochMilli(row.getLong(8))),
        day(row, 9));
  }

  private static ReporterState reporter(ResultSet row) throws SQLException {
    Instant lastHeard = Instant.ofEpochMilli(row.getLong(3));
    LocalDate newestDay = EpochDays.of(row.getLong(5));
    return new ReporterState(
        lastHeard,
        new Gaps(row.getLong(4)),
        newestDay,
        mode(row.getString(6)),
        sessions(row, lastHeard));
  }

  private static Optional<ReportedDay> sessions(ResultSet row, Instant lastHeard)
      throws SQLException {
    Optional<LocalDate> day = day(row, 7);
    if (day.isEmpty()) {
      return Optional.empty();
    }
    Instant lastReceipt = Instant.ofEpochMilli(row.getLong(11));
    return Optional.of(
        new ReportedDay(
            day.get(),
            new SessionCounts(row.getLong(8), row.getLong(9)),
            CountsText.readFailures(row.getString(10)),
            // Interned: usually the same instant, in up to 500,000 states.
            lastReceipt.equals(lastHeard) ? lastHeard : lastReceipt,
            Instant.ofEpochMilli(row.getLong(12))));
  }

  private FailureState failure(ResultSet row) throws SQLException {
    Optional<LocalDate> lastDay = day(row, 6);
    return new FailureState(
        EpochDays.of(row.getLong(3)),
        EpochDays.of(row.getLong(4)),
        day(row, 5).flatMap(first -> lastDay.map(last -> new Incident(first, last))),
        row.getString(7).lines().map(reporterIds::held).toList(),
        row.getString(8).lines().toList());
  }

  private static Optional<LocalDate> day(ResultSet row, int column) throws SQLException {
    long day = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(EpochDays.of(day));
  }

  static MtaStsMode mode(String key) {
    MtaStsMode mode = MODES.get(key);
    if (mode == null) {
      throw new IllegalArgumentException("no MTA-STS mode is called " + key);
    }
    return mode;
  }
}
