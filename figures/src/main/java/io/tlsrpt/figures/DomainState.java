// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.MtaStsMode;
import io.tlsrpt.report.PolicyDomain;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that is remembered of one domain. Immutable: {@link #plus} gives the next state, {@link
 * #figures} what is to be shown at a time. What is active ends by time alone, with no report
 * arriving.
 */
public final class DomainState {
  private static final Duration SILENCE_THAT_FREES_A_PLACE = Duration.ofDays(35);
  private static final Duration VOTING_TIME = Duration.ofDays(14);

  private final PolicyDomain domain;
  private final DomainTotals totals;
  private final Map<String, ReporterState> reporters;
  private final Map<FailureKind, Spell> spells;

  private DomainState(
      PolicyDomain domain,
      DomainTotals totals,
      Map<String, ReporterState> reporters,
      Map<FailureKind, Spell> spells) {
    this.domain = requireNonNull(domain, "domain");
    this.totals = totals;
    this.reporters = Collections.unmodifiableMap(reporters);
    this.spells = EnumMaps.copyOf(FailureKind.class, spells);
  }

  /** A domain of which nothing has been heard. */
  public static DomainState of(PolicyDomain domain) {
    return new DomainState(domain, DomainTotals.NONE, Map.of(), Map.of());
  }

  public PolicyDomain domain() {
    return domain;
  }

  public DomainTotals totals() {
    return totals;
  }

  /** Whether there is a place for the reporter: one that is known always has its place. */
  public boolean admits(String reporter, Instant now, ReporterLimit limit) {
    if (reporters.containsKey(reporter)) {
      return true;
    }
    List<String> present =
        reporters.entrySet().stream()
            .filter(known -> !isForgotten(known.getValue(), now))
            .map(Map.Entry::getKey)
            .toList();
    return present.size() < limit.perDomain() && hasFew(present, reporter, limit);
  }

  private static boolean hasFew(List<String> present, String reporter, ReporterLimit limit) {
    String organisation = limit.organisationOf().apply(reporter);
    return present.stream()
            .filter(known -> known.endsWith(organisation))
            .filter(known -> limit.organisationOf().apply(known).equals(organisation))
            .count()
        < ReporterLimit.PER_ORGANISATION;
  }

  /** The state after one more report; totals grow, whatever its age. */
  public DomainState plus(Contribution next, FailureWindow window) {
    Instant now = notBeforeLastReport(next.receivedAt());
    Map<String, ReporterState> after = new HashMap<>(reporters);
    after.values().removeIf(state -> isForgotten(state, now));
    ReporterState reporter =
        after.merge(next.reporter(), ReporterState.of(next), (known, first) -> known.plus(next));
    Map<FailureKind, Spell> spellsAfter = spellsAfter(next, reporter, after.values(), now, window);
    return new DomainState(domain, totals.plus(next), after, spellsAfter);
  }

  /** What is to be shown of the domain at a time; a clock set back revives nothing. */
  public DomainFigures figures(Instant clock, FailureWindow window) {
    Instant now = notBeforeLastReport(clock);
    List<ReportedDay> active = active(reporters.values(), now, window);
    SessionCounts sessions =
        active.stream().map(ReportedDay::headline).reduce(SessionCounts.NONE, SessionCounts::plus);
    FailureCounts failures = failures(active);
    List<Spell> present =
        spells.entrySet().stream()
            .filter(spell -> failures.of(spell.getKey()) > 0)
            .map(Map.Entry::getValue)
            .toList();
    return new DomainFigures(
        domain,
        totals,
        sessions,
        failures,
        day(present, Spell::firstDay, Comparator.reverseOrder()),
        day(present, Spell::lastDay, Comparator.naturalOrder()),
        modeByVote(now),
        heardWithin(window.length(), now));
  }

  private Map<FailureKind, Spell> spellsAfter(
      Contribution next,
      ReporterState reporter,
      Collection<ReporterState> after,
      Instant now,
      FailureWindow window) {
    FailureCounts activeBefore = failures(active(reporters.values(), now, window));
    FailureCounts activeAfter = failures(active(after, now, window));
    LocalDate day = next.dateRange().day();
    boolean ofNow =
        reporter
            .newestSessions()
            .filter(newest -> newest.day().equals(day) && newest.isActive(now, window))
            .isPresent();
    EnumMap<FailureKind, Spell> spellsAfter = new EnumMap<>(FailureKind.class);
    for (FailureKind kind : FailureKind.values()) {
      Optional<Spell> present =
          Optional.ofNullable(spells.get(kind)).filter(s -> activeBefore.of(kind) > 0);
      boolean reported = ofNow && next.failures().of(kind) > 0;
      if (activeAfter.of(kind) > 0) {
        present
            .map(spell -> reported ? spell.plus(day) : spell)
            .or(() -> Optional.of(Spell.of(day)))
            .ifPresent(spell -> spellsAfter.put(kind, spell));
      }
    }
    return spellsAfter;
  }

  /** Reporters of the last days vote with the mode they saw; most win, at a tie the stricter. */
  private MtaStsMode modeByVote(Instant now) {
    Map<MtaStsMode, Long> votes =
        reporters.values().stream()
            .filter(state -> isHeardWithin(state, VOTING_TIME, now))
            .map(ReporterState::mode)
            .filter(mode -> mode != MtaStsMode.UNKNOWN)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return votes.entrySet().stream()
        .max(Map.Entry.<MtaStsMode, Long>comparingByValue().thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .orElse(MtaStsMode.UNKNOWN);
  }

  private long heardWithin(Duration time, Instant now) {
    return reporters.values().stream().filter(state -> isHeardWithin(state, time, now)).count();
  }

  private Instant notBeforeLastReport(Instant clock) {
    return totals.lastReportTime().filter(last -> last.isAfter(clock)).orElse(clock);
  }

  private static List<ReportedDay> active(
      Collection<ReporterState> reporters, Instant now, FailureWindow window) {
    return reporters.stream()
        .flatMap(state -> state.newestSessions().stream())
        .filter(day -> day.isActive(now, window))
        .toList();
  }

  private static FailureCounts failures(List<ReportedDay> days) {
    return days.stream().map(ReportedDay::failures).reduce(FailureCounts.NONE, FailureCounts::plus);
  }

  private static Optional<LocalDate> day(
      List<Spell> spells, Function<Spell, LocalDate> end, Comparator<LocalDate> order) {
    return spells.stream().map(end).max(order);
  }

  private static boolean isForgotten(ReporterState state, Instant now) {
    return !isHeardWithin(state, SILENCE_THAT_FREES_A_PLACE, now);
  }

  private static boolean isHeardWithin(ReporterState state, Duration time, Instant now) {
    return now.isBefore(state.lastHeard().plus(time));
  }
}
