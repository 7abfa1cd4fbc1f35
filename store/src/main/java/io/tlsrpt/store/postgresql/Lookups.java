// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.fold.DetailsUse;
import io.tlsrpt.store.fold.Digests;
import io.tlsrpt.store.fold.DomainContent;
import io.tlsrpt.store.fold.DomainReporter;
import io.tlsrpt.store.fold.Known;
import io.tlsrpt.store.fold.ReporterDay;
import io.tlsrpt.store.fold.Wanted;
import io.tlsrpt.store.sql.Column;
import io.tlsrpt.store.sql.DomainIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Looks up all that a fold must know in the trip that locks the domains. */
final class Lookups {
  private static final HexFormat HEX = HexFormat.of();

  private final DomainIds reporters;
  private final DomainIds domains;

  Lookups(DomainIds reporters, DomainIds domains) {
    this.reporters = reporters;
    this.domains = domains;
  }

  /**
   * Adds the questions. Deleted reports are asked for after those that are stored, so that a report
   * that is deleted at this very moment is found in one of the two places.
   */
  void addTo(Script script, Wanted wanted) throws SQLException {
    List<byte[]> identities =
        wanted.reports().stream().map(NewReport::identity).map(Digests::of).toList();
    script
        .add(
            "SELECT r.identity, (SELECT c.content FROM contribution c WHERE c.report = r.id"
                + " LIMIT 1) FROM report r WHERE r.identity = ANY(?)")
        .array(Column.Type.OCTETS, identities)
        .add("SELECT identity FROM purged_identity WHERE identity = ANY(?)")
        .array(Column.Type.OCTETS, identities);
    addContents(script, wanted);
    addDays(script, wanted);
    addDetails(script, wanted);
  }

  private void addContents(Script script, Wanted wanted) throws SQLException {
    List<Long> ids = new ArrayList<>();
    List<Long> contents = new ArrayList<>();
    for (DomainContent content : wanted.contents()) {
      domains
          .find(content.domain())
          .ifPresent(
              id -> {
                ids.add(id);
                contents.add(content.content());
              });
    }
    script
        .add(
            "SELECT DISTINCT c.domain, c.content FROM contribution c"
                + " JOIN unnest(?::bigint[], ?::bigint[]) AS w (domain, content)"
                + " ON c.domain = w.domain AND c.content = w.content")
        .numbers(ids)
        .numbers(contents);
  }

  private void addDays(Script script, Wanted wanted) throws SQLException {
    List<Long> days = new ArrayList<>();
    List<DomainReporter> whose = new ArrayList<>();
    for (ReporterDay day : wanted.days()) {
      if (isMet(day.whose())) {
        days.add(day.day().toEpochDay());
        whose.add(day.whose());
      }
    }
    script
        .add(
            "SELECT r.domain, r.reporter, r.day, r.reports FROM reporter_day r"
                + " JOIN unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS w (day, domain, reporter)"
                + " ON r.day = w.day AND r.domain = w.domain AND r.reporter = w.reporter")
        .numbers(days)
        .numbers(whose.stream().map(this::domain).toList())
        .numbers(whose.stream().map(this::reporter).toList());
  }

  private void addDetails(Script script, Wanted wanted) throws SQLException {
    List<DomainReporter> whose = wanted.details().stream().filter(this::isMet).toList();
    script
        .add(
            "SELECT r.domain, r.reporter, r.details_day, r.details_octets FROM reporter_state r"
                + " JOIN unnest(?::bigint[], ?::bigint[]) AS w (domain, reporter)"
                + " ON r.domain = w.domain AND r.reporter = w.reporter"
                + " WHERE r.details_day IS NOT NULL")
        .numbers(whose.stream().map(this::domain).toList())
        .numbers(whose.stream().map(this::reporter).toList());
  }

  private boolean isMet(DomainReporter whose) {
    return domains.find(whose.domain()).isPresent() && reporters.find(whose.reporter()).isPresent();
  }

  private long domain(DomainReporter whose) {
    return domains.find(whose.domain()).orElseThrow();
  }

  private long reporter(DomainReporter whose) {
    return reporters.find(whose.reporter()).orElseThrow();
  }

  /** Reads the answers. */
  Known read(Script script) throws SQLException {
    Known known = new Known();
    ResultSet reports = script.rows();
    while (reports.next()) {
      known.report(HEX.formatHex(reports.getBytes(1)), reports.getLong(2));
    }
    ResultSet deleted = script.rows();
    while (deleted.next()) {
      known.deletedReport(HEX.formatHex(deleted.getBytes(1)));
    }
    ResultSet contents = script.rows();
    while (contents.next()) {
      DomainName domain = domains.name(contents.getLong(1));
      known.content(new DomainContent(domain, contents.getLong(2)));
    }
    ResultSet days = script.rows();
    while (days.next()) {
      known.reportsOf(
          new ReporterDay(LocalDate.ofEpochDay(days.getLong(3)), whose(days)), days.getInt(4));
    }
    ResultSet details = script.rows();
    while (details.next()) {
      known.details(
          whose(details),
          new DetailsUse(LocalDate.ofEpochDay(details.getLong(3)), details.getInt(4)));
    }
    return known;
  }

  private DomainReporter whose(ResultSet row) throws SQLException {
    return new DomainReporter(domains.name(row.getLong(1)), reporters.name(row.getLong(2)));
  }
}
