// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.Incident;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.view.FiguresSource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A domain as it is when a mail about it is written. */
record DomainNow(DomainState state, DomainFigures figures) {
  /** The one with the most failing sessions first. */
  static final Comparator<DomainNow> WORST_FIRST =
      Comparator.<DomainNow>comparingLong(domain -> domain.figures.active().failed())
          .reversed()
          .thenComparing(DomainNow::name);

  DomainNow {
    requireNonNull(state, "state");
    requireNonNull(figures, "figures");
  }

  static DomainNow of(DomainState state, FiguresSource source, Instant now) {
    return new DomainNow(state, state.figures(now, source.rules()));
  }

  DomainName name() {
    return figures.domain();
  }

  /** The kinds of failure that are active, the one with the most sessions first. */
  List<FailureKind> activeKinds() {
    return figures.failures().stream()
        .filter(failure -> failure.activeSessions() > 0)
        .sorted(Comparator.comparingLong(FailureFigures::activeSessions).reversed())
        .map(FailureFigures::kind)
        .toList();
  }

  Optional<FailureFigures> failure(FailureKind kind) {
    return figures.failures().stream().filter(failure -> failure.kind() == kind).findFirst();
  }

  /** The first failing day of the present or last incident. */
  Optional<LocalDate> since(FailureKind kind) {
    return Optional.ofNullable(state.failures().get(kind))
        .flatMap(failure -> failure.incident().map(Incident::firstDay));
  }
}
