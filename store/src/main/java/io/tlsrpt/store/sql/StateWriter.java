// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.DomainTotals;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.FailureState;
import io.tlsrpt.figures.Incident;
import io.tlsrpt.figures.ReportedDay;
import io.tlsrpt.figures.ReporterState;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.fold.DomainStates;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the states of domains. For one thread at a time. */
public final class StateWriter {
  private static final Column DOMAIN = Column.number("domain");

  private static final Write DOMAIN_STATE =
      Write.upsert(
          "domain_state",
          List.of(DOMAIN),
          Column.number("reports"),
          Column.number("successful"),
          Column.number("failed"),
          Column.text("policies"),
          Column.text("failures"),
          Column.number("last_report_time"),
          Column.number("last_report_end"),
          Column.number("last_failure"),
          Column.text("recent_days"));
  private static final Write REPORTER_STATE =
      Write.upsert(
          "reporter_state",
          List.of(DOMAIN, Column.number("reporter")),
          Column.number("last_heard"),
          Column.number("gaps"),
          Column.number("newest_day"),
          Column.text("mode"),
          Column.number("sessions_day"),
          Column.number("successful"),
          Column.number("failed"),
          Column.text("failures"),
          Column.number("last_receipt"),
          Column.number("end_of_range"));
  private static final Write FAILURE_STATE =
      Write.upsert(
          "failure_state",
          List.of(DOMAIN, Column.text("kind")),
          Column.number("first_seen"),
          Column.number("last_seen"),
          Column.number("spell_first_day"),
          Column.number("spell_last_day"),
          Column.text("reporters"),
          Column.text("receiving_mx"));
  private static final Write NO_REPORTER =
      Write.delete("reporter_state", DOMAIN, Column.number("reporter"));
  private static final Write NO_FAILURE =
      Write.delete("failure_state", DOMAIN, Column.text("kind"));
  private static final List<Write> NO_DOMAIN =
      List.of(
          Write.delete("failure_state", DOMAIN),
          Write.delete("reporter_state", DOMAIN),
          Write.delete("domain_state", DOMAIN));

  private final RowWriter rows;
  private final DomainIds reporters;
  private final DomainIds domains;

  public StateWriter(RowWriter rows, DomainIds reporters, DomainIds domains) {
    this.rows = rows;
    this.reporters = reporters;
    this.domains = domains;
  }

  /** Writes only what differs between two states of a domain, or deletes its state. */
  public void write(DomainStates.Change change) throws SQLException {
    if (change.after().isPresent()) {
      write(change.before(), change.after().get());
    } else {
      delete(change.before().domain());
    }
  }

  private void delete(DomainName domain) throws SQLException {
    for (Write table : NO_DOMAIN) {
      rows.row(table).add(domains.id(domain)).write();
    }
  }

  private void write(DomainState before, DomainState after) throws SQLException {
    long domain = domains.id(after.domain());
    if (!after.totals().equals(before.totals())
        || !after.recentDays().equals(before.recentDays())) {
      write(domain, after);
    }
    writeReporters(domain, before.reporters(), after.reporters());
    writeFailures(domain, before.failures(), after.failures());
  }

  private void writeReporters(
      long domain, Map<DomainName, ReporterState> before, Map<DomainName, ReporterState> after)
      throws SQLException {
    for (Map.Entry<DomainName, ReporterState> reporter : after.entrySet()) {
      if (!reporter.getValue().equals(before.get(reporter.getKey()))) {
        write(domain, reporters.id(reporter.getKey()), reporter.getValue());
      }
    }
    for (DomainName reporter : before.keySet()) {
      if (!after.containsKey(reporter)) {
        rows.row(NO_REPORTER).add(domain).add(reporters.id(reporter)).write();
      }
    }
  }

  private void writeFailures(
      long domain, Map<FailureKind, FailureState> before, Map<FailureKind, FailureState> after)
      throws SQLException {
    for (Map.Entry<FailureKind, FailureState> failure : after.entrySet()) {
      if (!failure.getValue().equals(before.get(failure.getKey()))) {
        write(domain, failure.getKey(), failure.getValue());
      }
    }
    for (FailureKind kind : before.keySet()) {
      if (!after.containsKey(kind)) {
        rows.row(NO_FAILURE).add(domain).add(kind.key()).write();
      }
    }
  }

  private void write(long domain, DomainState state) throws SQLException {
    DomainTotals totals = state.totals();
    rows.row(DOMAIN_STATE)
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
        .write();
  }

  private void write(long domain, long reporter, ReporterState state) throws SQLException {
    Row row =
        rows.row(REPORTER_STATE)
            .add(domain)
            .add(reporter)
            .add(state.lastHeard())
            .add(state.gaps().packed())
            .add(state.newestDay())
            .add(state.mode().key());
    addSessions(row, state.newestSessions()).write();
  }

  private static Row addSessions(Row row, Optional<ReportedDay> sessions) throws SQLException {
    if (sessions.isEmpty()) {
      return row.addNull().addNull().addNull().addNull().addNull().addNull();
    }
    ReportedDay day = sessions.get();
    return row.add(day.day())
        .add(day.headline().successful())
        .add(day.headline().failed())
        .add(CountsText.write(day.failures()))
        .add(day.lastReceipt())
        .add(day.endOfRange());
  }

  private void write(long domain, FailureKind kind, FailureState state) throws SQLException {
    rows.row(FAILURE_STATE)
        .add(domain)
        .add(kind.key())
        .add(state.firstSeen())
        .add(state.lastSeen())
        .addDay(state.incident().map(Incident::firstDay))
        .addDay(state.incident().map(Incident::lastDay))
        .add(lines(state.reporters()))
        .add(String.join("\n", state.receivingMx()))
        .write();
  }

  private static String lines(List<DomainName> names) {
    return String.join("\n", names.stream().map(DomainName::value).toList());
  }
}
