// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReporterState;
import io.tlsrpt.report.DetailSelection;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * Limits the disk space of failure details. All reports of one reporter about one domain that come
 * on one day may together keep as much as one report. The day of receipt counts and not the day
 * reported about, since one mail may hold reports about many days.
 */
final class DetailsRoom {
  private final Known known;
  private final Map<DomainName, DomainState> states;

  /**
   * Takes room, and asks the states for the first report of a day.
   *
   * @param states before the report that is added; a view
   */
  DetailsRoom(Known known, Map<DomainName, DomainState> states) {
    this.known = known;
    this.states = states;
  }

  /** Takes room for details; the text of those that fit, empty if there are none. */
  Optional<String> keep(Contribution contribution) {
    if (contribution.details().isEmpty()) {
      return Optional.empty();
    }
    DomainReporter whose = DomainReporter.of(contribution);
    DetailsUse used = used(whose, contribution);
    Optional<String> text =
        DetailsText.write(
            DetailSelection.of(contribution.details(), DetailSelection.ROOM - used.octets()));
    known.change(whose, used.plus(text.isPresent() ? text.get().getBytes(UTF_8).length : 0));
    return text;
  }

  private DetailsUse used(DomainReporter whose, Contribution contribution) {
    DetailsUse none = new DetailsUse(dayOf(contribution.receivedAt()), 0);
    return isFirstOnItsReceipt(contribution, states)
        ? none
        : known.details(whose).orElse(none).on(none.day());
  }

  /**
   * Whether this is the reporter's first report on its day of receipt. That is the usual case, and
   * the states in memory tell it without a query.
   */
  static boolean isFirstOnItsReceipt(
      Contribution contribution, Map<DomainName, DomainState> states) {
    DomainState domain = states.get(contribution.domain());
    ReporterState reporter =
        domain == null ? null : domain.reporters().get(contribution.reporter());
    return reporter == null
        || dayOf(contribution.receivedAt()).isAfter(dayOf(reporter.lastHeard()));
  }

  private static LocalDate dayOf(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
