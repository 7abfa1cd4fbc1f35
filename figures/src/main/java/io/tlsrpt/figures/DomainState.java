// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * All that is remembered of one domain. Immutable: {@link #plus} gives the state after one more
 * report, {@link #figures} the values to show at a time. An active failure ends when its window has
 * passed, even if no report arrives.
 *
 * @param recentDays the last days about which there were reports
 * @param reporters by their domain; at most {@link ReporterLimit#perDomain}
 * @param failures the kinds of failure it has had
 */
public record DomainState(
    DomainName domain,
    DomainTotals totals,
    RecentDays recentDays,
    Map<DomainName, ReporterState> reporters,
    Map<FailureKind, FailureState> failures) {
  private static final Duration SILENCE_THAT_FREES_A_PLACE = Duration.ofDays(35);
  private static final Duration VOTING_TIME = Duration.ofDays(14);

  public DomainState {
    requireNonNull(domain, "domain");
    requireNonNull(totals, "totals");
    requireNonNull(recentDays, "recentDays");
    reporters = Map.copyOf(reporters);
    // Saves memory: most domains have no failures, and there may be many domains.
    failures = failures.isEmpty() ? Map.of() : EnumMaps.copyOf(FailureKind.class, failures);
  }

  /** The same current figures, and the totals of another state of the domain. */
  public DomainState withTotalsOf(DomainState other) {
    return new DomainState(domain, other.totals, recentDays, reporters, failures);
  }

  /** A domain of which nothing has been heard. */
  public static DomainState of(DomainName domain) {
    return new DomainState(domain, DomainTotals.NONE, RecentDays.NONE, Map.of(), Map.of());
  }

  /**
   * Whether there is a place for the reporter. A reporter keeps its place until it has been silent
   * for 35 days.
   */
  public boolean admits(DomainName reporter, Instant now, ReporterLimit limit) {
    ReporterState state = reporters.get(reporter);
    if (state != null && !hasFreedItsPlace(state, now)) {
      return true;
    }
    List<DomainName> present =
        reporters.entrySet().stream()
            .filter(known -> !hasFreedItsPlace(known.getValue(), now))
            .map(Map.Entry::getKey)
            .toList();
    return present.size() < limit.perDomain() && hasFew(present, reporter, limit);
  }

  private static boolean hasFew(
      List<DomainName> present, DomainName reporter, ReporterLimit limit) {
    DomainName organisation = limit.organisationOf().apply(reporter);
    return present.stream()
            // A cheap test first: to look up an organisation costs more.
            .filter(known -> known.isWithin(organisation))
            .filter(known -> limit.organisationOf().apply(known).equals(organisation))
            .count()
        < ReporterLimit.PER_ORGANISATION;
  }

  /**
   * The state with a place for an admitted reporter. If all places are taken, only the reporter
   * that has been silent for longest loses its place, even if others have been silent for 35 days
   * too: if the clock is wrong, that may be all of them.
   */
  public DomainState withPlaceFor(DomainName reporter, ReporterLimit limit) {
    if (reporters.containsKey(reporter) || reporters.size() < limit.perDomain()) {
      return this;
    }
    Map<DomainName, ReporterState> others = new HashMap<>(reporters);
    others.remove(
        Collections.min(
                reporters.entrySet(),
                Map.Entry.<DomainName, ReporterState>comparingByValue(
                        Comparator.comparing(ReporterState::lastHeard))
                    .thenComparing(Map.Entry.comparingByKey()))
            .getKey());
    return new DomainState(domain, totals, recentDays, others, failures);
  }

  /**
   * The state after one more report; totals grow, whatever its age.
   *
   * @param clock may be long after the receipt of a report that had to wait
   */
  public DomainState plus(Contribution next, Instant clock, FailureWindow window) {
    Instant now = timeOf(next, clock);
    Map<DomainName, ReporterState> after = new HashMap<>(reporters);
    ReporterState known = after.get(next.reporter());
    ReporterState reporter = known == null ? ReporterState.of(next) : known.plus(next, clock);
    after.put(next.reporter(), reporter);
    return new DomainState(
        domain,
        totals.plus(next),
        recentDays.plus(next),
        after,
        failuresAfter(next, reporter, after.values(), now, window));
  }

  /**
   * Records the failures of a report. If its day is the reporter's newest and is active, the report
   * also extends the incidents of all failures of that day, whichever of the day's reports stated
   * them. A kind that was not active before begins a new incident.
   */
  private Map<FailureKind, FailureState> failuresAfter(
      Contribution next,
      ReporterState reporter,
      Collection<ReporterState> after,
      Instant now,
      FailureWindow window) {
    LocalDate day = next.day();
    Optional<ReportedDay> failing =
        reporter
            .newestSessions()
            .filter(newest -> newest.day().equals(day) && newest.isActive(now, window));
    EnumSet<FailureKind> kinds = EnumSet.noneOf(FailureKind.class);
    kinds.addAll(next.failures().kinds());
    // A day may come in several reports: each of them renews the failures of the others.
    failing.ifPresent(newest -> kinds.addAll(newest.failures().kinds()));
    if (kinds.isEmpty()) {
      return failures;
    }
    EnumMap<FailureKind, FailureState> states = new EnumMap<>(FailureKind.class);
    states.putAll(failures);
    for (FailureKind kind : kinds) {
      boolean begins =
          !isActive(kind, reporters.values(), now, window) && isActive(kind, after, now, window);
      FailureState known = states.getOrDefault(kind, FailureState.of(day));
      FailureState told =
          (begins ? known.restarted() : known).plus(day, next.reporter(), next.receivingMx(kind));
      states.put(kind, failing.isPresent() ? told.withSpell(told.spellWith(day)) : told);
    }
    return states;
  }

  /**
   * What this state knows beyond the reports that are kept: totals, and when failures were seen.
   *
   * @param kept the state of the kept reports alone
   * @param firstKept the earliest receipt of reports that will be added to the past
   */
  public DomainState past(DomainState kept, Instant firstKept) {
    EnumMap<FailureKind, FailureState> days = new EnumMap<>(FailureKind.class);
    failures.forEach((kind, failure) -> days.put(kind, failure.daysOnly()));
    DomainTotals rest = totals.minus(kept.totals);
    // A later receipt would make the reports that are added count at that time.
    boolean isLater = rest.lastReportTime().filter(firstKept::isBefore).isPresent();
    return new DomainState(
        domain, isLater ? rest.heardAt(firstKept) : rest, RecentDays.NONE, Map.of(), days);
  }

  /** The state with the {@link #past} of another database. */
  public DomainState withPast(DomainState past) {
    EnumMap<FailureKind, FailureState> seen = new EnumMap<>(FailureKind.class);
    seen.putAll(failures);
    past.failures.forEach((kind, days) -> seen.merge(kind, days, FailureState::withDaysOf));
    return new DomainState(domain, totals.plus(past.totals), recentDays, reporters, seen);
  }

  /** The state without the failures, sessions and reporters that are older; totals stay. */
  public DomainState since(Instant oldest) {
    LocalDate day = LocalDate.ofInstant(oldest, ZoneOffset.UTC);
    Map<DomainName, ReporterState> heard = new HashMap<>(reporters);
    heard.values().removeIf(reporter -> reporter.lastHeard().isBefore(oldest));
    // Remove sessions and failures by the same day. Otherwise, if the clock is set back, sessions
    // could make a failure active whose state is gone.
    heard.replaceAll((name, reporter) -> reporter.withoutSessionsBefore(day));
    Map<FailureKind, FailureState> seen = new HashMap<>(failures);
    seen.values().removeIf(failure -> failure.lastSeen().isBefore(day));
    return new DomainState(domain, totals, recentDays, heard, seen);
  }

  /** What is to be shown of the domain at a time; see {@link ReceiptClock}. */
  public DomainFigures figures(Instant clock, FiguresRules rules) {
    Instant now = notBeforeLastReport(clock);
    FailureWindow window = rules.window();
    List<ReportedDay> active = active(reporters.values(), now, window);
    FailureCounts activeFailures = sum(active);
    MtaStsMode mode = mode(now, rules.organisationOf());
    List<Incident> present =
        failures.entrySet().stream()
            .filter(failure -> activeFailures.of(failure.getKey()) > 0)
            .flatMap(failure -> failure.getValue().incident().stream())
            .toList();
    return new DomainFigures(
        domain,
        totals.withReceiptBelievedAt(now),
        active.stream().map(ReportedDay::headline).reduce(SessionCounts.NONE, SessionCounts::plus),
        activeFailures,
        isLosingMail(activeFailures, now),
        present.stream().map(Incident::firstDay).min(LocalDate::compareTo),
        present.stream().map(Incident::lastDay).max(LocalDate::compareTo),
        mode,
        count(reporter -> reporter.isHeardWithin(window.length(), now)),
        count(reporter -> reporter.isOverdue(now) && !hasFreedItsPlace(reporter, now)),
        EnforceReadiness.blockers(
            mode,
            recentDays,
            count(reporter -> reporter.isHeardWithin(VOTING_TIME, now)),
            LocalDate.ofInstant(now, ZoneOffset.UTC)),
        failures.entrySet().stream()
            .map(failure -> figures(failure.getKey(), failure.getValue(), activeFailures))
            .toList());
  }

  /** What is to be shown of the domain's reporters at a time, the last heard of first. */
  public List<ReporterFigures> reporterFigures(Instant clock) {
    Instant now = notBeforeLastReport(clock);
    return reporters.entrySet().stream()
        .map(reporter -> figures(reporter.getKey(), reporter.getValue(), now))
        .sorted(
            Comparator.comparing(ReporterFigures::lastHeard)
                .reversed()
                .thenComparing(ReporterFigures::reporter))
        .toList();
  }

  private static ReporterFigures figures(DomainName name, ReporterState reporter, Instant now) {
    return new ReporterFigures(
        name,
        reporter.lastHeard(),
        reporter.gaps().usual(),
        reporter.isOverdue(now) && !hasFreedItsPlace(reporter, now),
        reporter.mode(),
        reporter.newestDay(),
        reporter.newestSessions().map(ReportedDay::headline).orElse(SessionCounts.NONE),
        reporter.newestSessions().map(ReportedDay::failures).orElse(FailureCounts.NONE));
  }

  private FailureFigures figures(FailureKind kind, FailureState failure, FailureCounts active) {
    return new FailureFigures(
        kind,
        totals.failures().of(kind),
        active.of(kind),
        failure.incident().filter(incident -> active.of(kind) > 0).map(Incident::firstDay),
        failure.firstSeen(),
        failure.lastSeen(),
        failure.reporters(),
        failure.receivingMx());
  }

  /** What is failing at a time, by kind. */
  public FailureCounts activeFailures(Instant clock, FailureWindow window) {
    return activeFailures(reporters.values(), notBeforeLastReport(clock), window);
  }

  /** Whether senders keep mail to it back at a time, because of a failure that is active then. */
  public boolean isLosingMail(Instant clock, FailureWindow window) {
    Instant now = notBeforeLastReport(clock);
    return isLosingMail(activeFailures(reporters.values(), now, window), now);
  }

  /** Whether a reporter of this failure has since had a day of sessions without it. */
  public boolean hasRecovered(FailureKind kind) {
    FailureState failure = failures.get(kind);
    return failure != null
        && failure.reporters().stream()
            .flatMap(name -> Optional.ofNullable(reporters.get(name)).stream())
            .anyMatch(reporter -> reporter.hasCleanDayAfter(failure.lastFailingDay(), kind));
  }

  /** The MTA-STS mode that the reporters of the last days saw, by vote. */
  public MtaStsMode mode(Instant clock, UnaryOperator<DomainName> organisationOf) {
    Instant now = notBeforeLastReport(clock);
    List<Map.Entry<DomainName, ReporterState>> heard = new ArrayList<>(reporters.size());
    for (Map.Entry<DomainName, ReporterState> reporter : reporters.entrySet()) {
      if (reporter.getValue().isHeardWithin(VOTING_TIME, now)) {
        heard.add(reporter);
      }
    }
    return ModeVote.of(heard, organisationOf);
  }

  /**
   * Whether senders do not deliver mail because of the active failures. With DANE they never do.
   * With other failures they do not if an established reporter saw mode enforce.
   */
  private boolean isLosingMail(FailureCounts active, Instant now) {
    return active.kinds().stream().anyMatch(FailureKind::isOfDane)
        || (!active.isZero()
            && reporters.values().stream()
                .filter(reporter -> reporter.isEstablished() && !hasFreedItsPlace(reporter, now))
                .anyMatch(reporter -> reporter.mode() == MtaStsMode.ENFORCE));
  }

  private long count(Predicate<ReporterState> which) {
    // No streams here and in active: a scrape asks this of each of thousands of domains.
    long count = 0;
    for (ReporterState reporter : reporters.values()) {
      count += which.test(reporter) ? 1 : 0;
    }
    return count;
  }

  private Instant notBeforeLastReport(Instant clock) {
    return totals.lastReportTime().map(last -> ReceiptClock.now(clock, last)).orElse(clock);
  }

  /**
   * The time at which a report counts: its receipt, but not before the latest receipt so far. The
   * time of its commit does not matter, so a store that was down for days changes nothing. A latest
   * receipt that a wrong clock wrote is ignored.
   */
  private Instant timeOf(Contribution next, Instant clock) {
    Instant receipt = ReceiptClock.believed(next.receivedAt(), clock);
    return totals
        .lastReportTime()
        .filter(last -> last.isAfter(receipt) && !ReceiptClock.isAhead(last, clock))
        .orElse(receipt);
  }

  /**
   * The state corrected after a clock was ahead: receipts and days that lie ahead of {@code clock},
   * by more than {@link ReceiptClock} tolerates, are moved to it or dropped.
   */
  public DomainState correctedFor(Instant clock) {
    Map<DomainName, ReporterState> believed = new HashMap<>();
    reporters.forEach((name, reporter) -> believed.put(name, reporter.correctedFor(clock)));
    EnumMap<FailureKind, FailureState> seen = new EnumMap<>(FailureKind.class);
    failures.forEach((kind, failure) -> seen.put(kind, failure.correctedFor(clock)));
    return new DomainState(
        domain, totals.correctedFor(clock), recentDays.correctedFor(clock), believed, seen);
  }

  private static boolean isActive(
      FailureKind kind, Collection<ReporterState> reporters, Instant now, FailureWindow window) {
    return active(reporters, now, window).stream().anyMatch(day -> day.failures().of(kind) > 0);
  }

  private static FailureCounts activeFailures(
      Collection<ReporterState> reporters, Instant now, FailureWindow window) {
    return sum(active(reporters, now, window));
  }

  private static FailureCounts sum(List<ReportedDay> days) {
    FailureCounts sum = FailureCounts.NONE;
    for (ReportedDay day : days) {
      sum = sum.plus(day.failures());
    }
    return sum;
  }

  private static List<ReportedDay> active(
      Collection<ReporterState> reporters, Instant now, FailureWindow window) {
    List<ReportedDay> active = new ArrayList<>();
    for (ReporterState reporter : reporters) {
      reporter.newestSessions().filter(day -> day.isActive(now, window)).ifPresent(active::add);
    }
    return active;
  }

  private static boolean hasFreedItsPlace(ReporterState reporter, Instant now) {
    return !reporter.isHeardWithin(SILENCE_THAT_FREES_A_PLACE, now);
  }
}
