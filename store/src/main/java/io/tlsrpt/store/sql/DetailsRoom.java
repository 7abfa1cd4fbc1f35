// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReporterState;
import io.tlsrpt.report.DetailSelection;
import io.tlsrpt.report.DomainName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Limits the disk space of failure details. All reports of one reporter about one domain that come
 * on one day may together keep as much as one report. The day of receipt counts and not the day
 * reported about, since one mail may hold reports about many days. For one thread at a time.
 */
public final class DetailsRoom {
  private final StatementCache statements;
  private final NameTable reporters;
  private final NameTable domains;
  private final Map<DomainName, DomainState> states;

  /** The room that this transaction has used, not yet written. */
  private final Map<Place, Used> changed = new LinkedHashMap<>();

  /**
   * Reads and writes how much is used in the table of reporters' states.
   *
   * @param states before the report that is added; a view
   */
  public DetailsRoom(
      StatementCache statements,
      NameTable reporters,
      NameTable domains,
      Map<DomainName, DomainState> states) {
    this.statements = statements;
    this.reporters = reporters;
    this.domains = domains;
    this.states = states;
  }

  private record Place(long domain, long reporter) {}

  private record Used(LocalDate day, int octets) {
    /**
     * A later day has all its room. An earlier day, of a deferred mail, uses the latest day's room.
     */
    Used on(LocalDate receipt) {
      return receipt.isAfter(day) ? new Used(receipt, 0) : this;
    }
  }

  /** Takes room for details; the text of those that fit, empty if there are none. */
  Optional<String> keep(Contribution contribution) throws SQLException {
    if (contribution.details().isEmpty()) {
      return Optional.empty();
    }
    Place place =
        new Place(domains.id(contribution.domain()), reporters.id(contribution.reporter()));
    LocalDate day = dayOf(contribution.receivedAt());
    Used used = isFirstOn(day, contribution) ? new Used(day, 0) : used(place, day);
    Optional<String> text =
        DetailsText.write(
            DetailSelection.of(contribution.details(), DetailSelection.ROOM - used.octets()));
    int more = text.isPresent() ? text.get().getBytes(UTF_8).length : 0;
    changed.put(place, new Used(used.day(), used.octets() + more));
    return text;
  }

  /**
   * Whether this is the reporter's first report on its day of receipt. That is the usual case, and
   * the states in memory tell it without a query.
   */
  private boolean isFirstOn(LocalDate receipt, Contribution contribution) {
    DomainState domain = states.get(contribution.domain());
    ReporterState reporter =
        domain == null ? null : domain.reporters().get(contribution.reporter());
    return reporter == null || receipt.isAfter(dayOf(reporter.lastHeard()));
  }

  private Used used(Place place, LocalDate receipt) throws SQLException {
    Used known = changed.get(place);
    return (known == null ? read(place).orElse(new Used(receipt, 0)) : known).on(receipt);
  }

  private static LocalDate dayOf(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  private Optional<Used> read(Place place) throws SQLException {
    try (ResultSet row =
        statements
            .of(
                """
                SELECT details_day, details_octets FROM reporter_state
                WHERE domain = ? AND reporter = ? AND details_day IS NOT NULL
                """)
            .add(place.domain())
            .add(place.reporter())
            .query()) {
      return row.next()
          ? Optional.of(new Used(EpochDays.of(row.getLong(1)), row.getInt(2)))
          : Optional.empty();
    }
  }

  /** Writes how much is used into the reporters' rows. Call after those rows have been written. */
  public void write() throws SQLException {
    for (Map.Entry<Place, Used> one : changed.entrySet()) {
      statements
          .of(
              """
              UPDATE reporter_state SET details_day = ?, details_octets = ?
              WHERE domain = ? AND reporter = ?
              """)
          .add(one.getValue().day())
          .add(one.getValue().octets())
          .add(one.getKey().domain())
          .add(one.getKey().reporter())
          .update();
    }
    changed.clear();
  }
}
