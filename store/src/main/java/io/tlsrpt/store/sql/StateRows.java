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
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of the domains' states as of the last commit. For one thread at a time. */
public final class StateRows {
  private static final Map<String, MtaStsMode> MODES =
      Stream.of(MtaStsMode.values())
          .collect(Collectors.toUnmodifiableMap(MtaStsMode::key, Function.identity()));

  private final StatementCache statements;
  private final NameTable reporters;
  private final NameTable domains;

  /** Reads and writes through the statements of one connection. */
  public StateRows(StatementCache statements, NameTable reporters, NameTable domains) {
    this.statements = statements;
    this.reporters = reporters;
    this.domains = domains;
  }

  /** Writes only what differs between two states of a domain. */
  public void write(DomainState before, DomainState after) throws SQLException {
    long domain = domains.id(after.domain());
    if (!after.totals().equals(before.totals())
        || !after.recentDays().equals(before.recentDays())) {
      writeTotals(domain, after);
    }
    for (Map.Entry<DomainName, ReporterState> reporter : after.reporters().entrySet()) {
      if (!reporter.getValue().equals(before.reporters().get(reporter.getKey()))) {
        write(domain, reporters.id(reporter.getKey()), reporter.getValue());
      }
    }
    for (DomainName reporter : before.reporters().keySet()) {
      if (!after.reporters().containsKey(reporter)) {
        delete("reporter_state", "reporter", domain).add(reporters.id(reporter)).update();
      }
    }
    for (Map.Entry<FailureKind, FailureState> failure : after.failures().entrySet()) {
      if (!failure.getValue().equals(before.failures().get(failure.getKey()))) {
        write(domain, failure.getKey(), failure.getValue());
      }
    }
    for (FailureKind kind : before.failures().keySet()) {
      if (!after.failures().containsKey(kind)) {
        delete("failure_state", "kind", domain).add(kind.key()).update();
      }
    }
  }

  private Binder delete(String table, String column, long domain) throws SQLException {
    return statements
        .of("DELETE FROM " + table + " WHERE domain = ? AND " + column + " = ?")
        .add(domain);
  }

  /** Forgets a domain. */
  public void delete(DomainName domain) throws SQLException {
    for (String table : List.of("failure_state", "reporter_state", "domain_state")) {
      statements.of("DELETE FROM " + table + " WHERE domain = ?").add(domains.id(domain)).update();
    }
  }

  private void writeTotals(long domain, DomainState state) throws SQLException {
    DomainTotals totals = state.totals();
    statements
        .of(
            """
            INSERT INTO domain_state (domain, reports, successful, failed, policies, failures,
              last_report_time, last_report_end, last_failure, recent_days)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (domain) DO UPDATE SET reports = excluded.reports,
              successful = excluded.successful, failed = excluded.failed,
              policies = excluded.policies, failures = excluded.failures,
              last_report_time = excluded.last_report_time,
              last_report_end = excluded.last_report_end,
              last_failure = excluded.last_failure, recent_days = excluded.recent_days
            """)
        .add(domain)
        .add(totals.reports())
        .add(totals.sessions().successful())
        .add(totals.sessions().failed())
        .add(CountsText.write(totals.byPolicyKind()))
        .add(CountsText.write(totals.failures()))
        .add(totals.lastReportTime().orElse(Instant.EPOCH))
        .add(totals.lastReportEnd().orElse(Instant.EPOCH))
        .addDay(totals.lastFailure())
        .add(CountsText.write(state.recentDays()))
        .update();
  }

  private void write(long domain, long reporter, ReporterState state) throws SQLException {
    Binder values =
        statements
            .of(
                """
                INSERT INTO reporter_state (domain, reporter, last_heard, gaps, newest_day, mode,
                  sessions_day, successful, failed, failures, last_receipt, end_of_range)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (domain, reporter) DO UPDATE SET last_heard = excluded.last_heard,
                  gaps = excluded.gaps, newest_day = excluded.newest_day, mode = excluded.mode,
                  sessions_day = excluded.sessions_day, successful = excluded.successful,
                  failed = excluded.failed, failures = excluded.failures,
                  last_receipt = excluded.last_receipt, end_of_range = excluded.end_of_range
                """)
            .add(domain)
            .add(reporter)
            .add(state.lastHeard())
            .add(state.gaps().packed())
            .add(state.newestDay())
            .add(state.mode().key());
    addSessions(values, state.newestSessions()).update();
  }

  private static Binder addSessions(Binder values, Optional<ReportedDay> sessions)
      throws SQLException {
    if (sessions.isEmpty()) {
      return values
          .addNull(Types.INTEGER)
          .addNull(Types.INTEGER)
          .addNull(Types.INTEGER)
          .addNull(Types.VARCHAR)
          .addNull(Types.INTEGER)
          .addNull(Types.INTEGER);
    }
    ReportedDay day = sessions.get();
    return values
        .add(day.day())
        .add(day.headline().successful())
        .add(day.headline().failed())
        .add(CountsText.write(day.failures()))
        .add(day.lastReceipt())
        .add(day.endOfRange());
  }

  private void write(long domain, FailureKind kind, FailureState state) throws SQLException {
    statements
        .of(
            """
            INSERT INTO failure_state (domain, kind, first_seen, last_seen, spell_first_day,
              spell_last_day, reporters, receiving_mx)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (domain, kind) DO UPDATE SET first_seen = excluded.first_seen,
              last_seen = excluded.last_seen, spell_first_day = excluded.spell_first_day,
              spell_last_day = excluded.spell_last_day, reporters = excluded.reporters,
              receiving_mx = excluded.receiving_mx
            """)
        .add(domain)
        .add(kind.key())
        .add(state.firstSeen())
        .add(state.lastSeen())
        .addDay(state.incident().map(Incident::firstDay))
        .addDay(state.incident().map(Incident::lastDay))
        .add(lines(state.reporters().stream().map(DomainName::value)))
        .add(lines(state.receivingMx().stream()))
        .update();
  }

  private static String lines(Stream<String> names) {
    return names.collect(Collectors.joining("\n"));
  }

  /** Reads the states of all domains. */
  public Map<DomainName, DomainState> read() throws SQLException {
    Map<Long, Map<DomainName, ReporterState>> byReporter = readReporters();
    Map<Long, Map<FailureKind, FailureState>> byKind = readFailures();
    Map<DomainName, DomainState> states = new HashMap<>();
    try (ResultSet row =
        statements
            .of(
                """
                SELECT domain, reports, successful, failed, policies, failures, last_report_time,
                  last_report_end, last_failure, recent_days
                FROM domain_state
                """)
            .query()) {
      while (row.next()) {
        long id = row.getLong(1);
        DomainName domain = domains.name(id);
        states.put(
            domain,
            new DomainState(
                domain,
                totals(row),
                CountsText.readDays(row.getString(10)),
                byReporter.getOrDefault(id, Map.of()),
                byKind.getOrDefault(id, Map.of())));
      }
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

  private Map<Long, Map<DomainName, ReporterState>> readReporters() throws SQLException {
    Map<Long, Map<DomainName, ReporterState>> states = new HashMap<>();
    try (ResultSet row =
        statements
            .of(
                """
                SELECT domain, reporter, last_heard, gaps, newest_day, mode, sessions_day,
                  successful, failed, failures, last_receipt, end_of_range
                FROM reporter_state ORDER BY domain
                """)
            .query()) {
      while (row.next()) {
        states
            .computeIfAbsent(row.getLong(1), id -> new HashMap<>())
            .put(reporters.name(row.getLong(2)), reporter(row));
      }
    }
    return states;
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

  private Map<Long, Map<FailureKind, FailureState>> readFailures() throws SQLException {
    Map<Long, Map<FailureKind, FailureState>> states = new HashMap<>();
    try (ResultSet row =
        statements
            .of(
                """
                SELECT domain, kind, first_seen, last_seen, spell_first_day, spell_last_day,
                  reporters, receiving_mx
                FROM failure_state
                """)
            .query()) {
      while (row.next()) {
        Optional<LocalDate> spellEnd = day(row, 6);
        FailureState state =
            new FailureState(
                EpochDays.of(row.getLong(3)),
                EpochDays.of(row.getLong(4)),
                day(row, 5).flatMap(first -> spellEnd.map(last -> new Incident(first, last))),
                row.getString(7).lines().map(reporters::held).toList(),
                row.getString(8).lines().toList());
        states
            .computeIfAbsent(row.getLong(1), id -> new EnumMap<>(FailureKind.class))
            .put(CountsText.failureKind(row.getString(2)), state);
      }
    }
    return states;
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
