// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.Places;
import io.tlsrpt.store.StateChange;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Adds reports to states: decides which report counts, what of it has a place, what is written, and
 * what the states become. It asks no database; all that it must know is given to it. A fold is of
 * one transaction. For one thread at a time.
 */
public final class Fold {
  private final DomainStates states;
  private final Places places;
  private final StoreLimits limits;
  private final FailureWindow window;
  private final Instant now;
  private final Known known;
  private final ReporterDays days;
  private final DetailsRoom room;
  private final List<FoldedReport> reports = new ArrayList<>();
  private final List<StateChange> changes = new ArrayList<>();

  /**
   * Begins a fold.
   *
   * @param states of all domains that are known; the fold changes them
   * @param places among these states
   * @param known what the database says of the reports
   */
  public Fold(
      DomainStates states,
      Places places,
      StoreLimits limits,
      FailureWindow window,
      Instant now,
      Known known) {
    this.states = states;
    this.places = places;
    this.limits = limits;
    this.window = window;
    this.now = now;
    this.known = known;
    this.days = new ReporterDays(known, states.view());
    this.room = new DetailsRoom(known, states.view());
  }

  /** Adds the reports of a mail: an outcome for each, in order. */
  public List<StoreOutcome> add(List<NewReport> mail) {
    List<StoreOutcome> outcomes = new ArrayList<>();
    for (NewReport report : mail) {
      outcomes.add(add(report));
    }
    return outcomes;
  }

  private StoreOutcome add(NewReport report) {
    Optional<Boolean> sameContent = known.sameContent(report);
    if (sameContent.isPresent()) {
      return new StoreOutcome.AlreadyStored(sameContent.get());
    }
    Places.Admission found = places.admit(report.contributions(), now);
    List<Rejected> leftOut = new ArrayList<>(found.leftOut());
    List<Contribution> admitted = countOfDays(found.contributions(), leftOut);
    return admitted.isEmpty()
        ? new StoreOutcome.Refused(leftOut.getFirst())
        : store(report.with(admitted), leftOut, found.givingWay());
  }

  /** Leaves out the contributions about days that already have all their reports. */
  private List<Contribution> countOfDays(List<Contribution> contributions, List<Rejected> leftOut) {
    List<Contribution> counted = new ArrayList<>();
    Optional<Contribution> full = Optional.empty();
    for (Contribution contribution : contributions) {
      if (days.count(contribution)) {
        counted.add(contribution);
      } else {
        full = full.or(() -> Optional.of(contribution));
      }
    }
    full.map(StoreLimits::dayIsFull).ifPresent(leftOut::add);
    return counted;
  }

  private StoreOutcome store(NewReport report, List<Rejected> leftOut, Set<DomainName> givingWay) {
    boolean contentKnown =
        known.has(
            new DomainContent(
                report.contributions().getFirst().domain(), Digests.of(report.content())));
    givingWay.forEach(this::remove);
    reports.add(new FoldedReport(report, report.contributions().stream().map(room::keep).toList()));
    known.stored(report);
    report.contributions().forEach(this::add);
    return new StoreOutcome.Stored(contentKnown, leftOut, givingWay);
  }

  private void add(Contribution contribution) {
    DomainState before = states.get(contribution.domain());
    DomainState after =
        before
            .withPlaceFor(contribution.reporter(), limits.reporters())
            .plus(contribution, now, window);
    boolean isNew = !states.view().containsKey(contribution.domain());
    states.put(after);
    if (isNew) {
      places.lookAgain();
    }
    changes.add(new StateChange(before, after));
  }

  private void remove(DomainName domain) {
    states.remove(domain);
    places.lookAgain();
  }

  /** The reports that are to be written, in order. */
  public List<FoldedReport> reports() {
    return reports;
  }

  /** Each change that a report has made to a state, in order. */
  public List<StateChange> changes() {
    return changes;
  }

  /** What is known after the fold: what the database says, and what the fold has added. */
  public Known known() {
    return known;
  }
}
