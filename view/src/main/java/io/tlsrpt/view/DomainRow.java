// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.DomainHealth;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureCounts;
import io.tlsrpt.report.DomainName;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A domain among all domains.
 *
 * @param figures as they are at one time
 * @param health the figures in one word
 * @param recentDays the last days about which there were reports, each with its failures
 */
public record DomainRow(
    DomainFigures figures, DomainHealth health, Map<LocalDate, FailureCounts> recentDays) {

  /** The worst domain first; of equals the one with more failing sessions, then by name. */
  public static final Comparator<DomainRow> BY_TROUBLE =
      Comparator.comparing(DomainRow::health)
          .thenComparing(row -> row.figures().active().failed(), Comparator.reverseOrder())
          .thenComparing(DomainRow::domain);

  public DomainRow {
    requireNonNull(figures, "figures");
    requireNonNull(health, "health");
    requireNonNull(recentDays, "recentDays");
  }

  /** A domain as it is now. */
  public static DomainRow of(DomainState state, FiguresSource source) {
    DomainFigures figures = source.figures(state);
    return new DomainRow(figures, DomainHealth.of(figures), state.recentDays().failures());
  }

  /** All domains that have reports, and those that are served and have none; worst first. */
  public static List<DomainRow> all(FiguresSource source) {
    return Stream.concat(
            source.domains().stream(), source.neverReported().stream().map(DomainState::of))
        .map(state -> of(state, source))
        .sorted(BY_TROUBLE)
        .toList();
  }

  public DomainName domain() {
    return figures.domain();
  }
}
