// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.DomainTotals;
import io.tlsrpt.figures.FailureCounts;
import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.PolicyKind;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.figures.event.Transition.Change;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * A model of a domain's figures, plain and slow. It keeps all accepted reports in the order of
 * commits and adds them up again for each question. Only incidents are recorded as they come, since
 * nobody can tell after a commit what was active before it.
 */
final class PlainDomain {
  static final Duration WINDOW = Duration.ofDays(8);
  static final Duration DELIVERY = Duration.ofDays(2);
  static final Duration VOTING_TIME = Duration.ofDays(14);
  static final Duration SILENCE = Duration.ofDays(35);

  private static final Set<FailureKind> OF_DANE =
      EnumSet.of(FailureKind.TLSA_INVALID, FailureKind.DNSSEC_INVALID, FailureKind.DANE_REQUIRED);

  /** Stands for the reasons, which the model does not give. */
  static final List<String> NOT_READY = List.of("not ready");

  private final DomainName domain;
  private final List<PlainContribution> accepted = new ArrayList<>();

  /** Reports that are no newest day: their reporter was reset after our clock had been wrong. */
  private final Set<PlainContribution> disbelieved =
      Collections.newSetFromMap(new IdentityHashMap<>());

  /** Reports of which only the sessions count. */
  private final Set<PlainContribution> withoutMode =
      Collections.newSetFromMap(new IdentityHashMap<>());

  /** Reports whose sessions are older than retention. */
  private final Set<PlainContribution> withoutSessions =
      Collections.newSetFromMap(new IdentityHashMap<>());

  /** For each kind of failure, how many reports had come when it was forgotten. */
  private final Map<FailureKind, Integer> forgotten = new EnumMap<>(FailureKind.class);

  /** For each forgotten reporter, how many reports had come when it was forgotten. */
  private final Map<String, Integer> forgottenReporters = new TreeMap<>();

  /** The last days, with the kinds of failure on each. */
  private final NavigableMap<LocalDate, Set<FailureKind>> recent = new TreeMap<>();

  private final Map<FailureKind, PlainSpell> incidents = new EnumMap<>(FailureKind.class);

  // Caches: computed from all accepted reports, and dropped when another one comes.
  private Map<String, List<PlainContribution>> remembered = Map.of();
  private DomainTotals totals = totals();

  PlainDomain(String domain) {
    this.domain = new DomainName(domain);
  }

  /** The failing days of an incident, who reported its failures, and the hosts they named. */
  private record PlainSpell(Set<LocalDate> days, Set<String> reporters, Set<String> hosts) {
    PlainSpell() {
      this(new TreeSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    }

    Optional<LocalDate> firstDay() {
      return days.stream().min(Comparator.naturalOrder());
    }

    Optional<LocalDate> lastDay() {
      return days.stream().max(Comparator.naturalOrder());
    }
  }

  /** All that one reporter says of its newest day with sessions. */
  private record NewestDay(String reporter, List<PlainContribution> parts) {
    LocalDate day() {
      return parts.getFirst().day();
    }

    boolean isOf(PlainContribution part) {
      return reporter.equals(part.reporter()) && day().equals(part.day());
    }

    long failures(FailureKind kind) {
      return sum(parts, part -> part.failures(kind));
    }

    boolean isFailingAt(Instant now) {
      Instant byReceipt = latest(parts, PlainContribution::receipt).orElseThrow().plus(WINDOW);
      Instant byRange =
          latest(parts, PlainContribution::end).orElseThrow().plus(WINDOW).plus(DELIVERY);
      return parts.stream().anyMatch(PlainContribution::hasFailures)
          && now.isBefore(byReceipt)
          && now.isBefore(byRange);
    }
  }

  Optional<PlainContribution> last() {
    return accepted.isEmpty() ? Optional.empty() : Optional.of(accepted.getLast());
  }

  void accept(PlainContribution next, Instant clock) {
    Instant now =
        totals
            .lastReportTime()
            .filter(last -> last.isAfter(next.receipt()) && !isAhead(last, clock))
            .orElse(next.receipt());
    Set<FailureKind> before = activeAt(now);
    List<PlainContribution> earlier =
        remembered.getOrDefault(next.reporter(), List.of()).stream()
            .filter(one -> !disbelieved.contains(one))
            .toList();
    LocalDate latestDay = LocalDate.ofInstant(clock.plus(Duration.ofDays(2)), ZoneOffset.UTC);
    if (!next.hasRangeOfReceipt()) {
      giveUpDaysAfter(latestDay, earlier);
    }
    accepted.add(next);
    recent.computeIfAbsent(next.day(), day -> EnumSet.noneOf(FailureKind.class));
    recent.get(next.day()).addAll(next.failures().keySet());
    while (recent.size() > 23) {
      recent.pollFirstEntry();
    }
    remembered = remembered();
    totals = totals();
    List<NewestDay> failing = failing(now);
    for (FailureKind kind : FailureKind.values()) {
      List<NewestDay> ofKind = failing.stream().filter(day -> day.failures(kind) > 0).toList();
      boolean told = next.failures(kind) > 0;
      boolean lasts = ofKind.stream().anyMatch(day -> day.isOf(next));
      if (!told && !lasts) {
        continue;
      }
      boolean begins = !before.contains(kind) && !ofKind.isEmpty();
      if (begins || (told && !incidents.containsKey(kind))) {
        incidents.put(kind, new PlainSpell());
      }
      if (told) {
        incident(kind).reporters().add(next.reporter());
        incident(kind).hosts().addAll(next.hosts(kind));
      }
      if (lasts) {
        incident(kind).days().add(next.day());
        incident(kind).reporters().add(next.reporter());
      }
    }
  }

  /**
   * If a wrong clock wrote one of them, only the newest sessions stay, unless it wrote these too.
   */
  private void giveUpDaysAfter(LocalDate latest, List<PlainContribution> reports) {
    if (reports.stream().noneMatch(one -> one.day().isAfter(latest))) {
      return;
    }
    List<PlainContribution> sessions =
        newest(reports, this::hasSessions)
            .filter(parts -> !parts.getFirst().day().isAfter(latest))
            .orElse(List.of());
    disbelieved.addAll(reports);
    sessions.forEach(disbelieved::remove);
    withoutMode.addAll(sessions);
  }

  /** Forgets reporters that were heard last before a time. */
  void forgetReportersBefore(Instant oldest) {
    remembered.forEach(
        (reporter, reports) -> {
          if (lastHeard(reports).isBefore(oldest)) {
            forgottenReporters.put(reporter, accepted.size());
          }
        });
    remembered = remembered();
  }

  private boolean hasSessions(PlainContribution part) {
    return part.hasSessions() && !withoutSessions.contains(part);
  }

  /** Forgets kinds of failure that were seen last before a day, and sessions before it. */
  void forgetFailuresBefore(LocalDate day) {
    accepted.stream().filter(part -> part.day().isBefore(day)).forEach(withoutSessions::add);
    for (FailureKind kind : List.copyOf(incidents.keySet())) {
      if (failingDays(kind).getLast().isBefore(day)) {
        incidents.remove(kind);
        forgotten.put(kind, accepted.size());
      }
    }
  }

  private List<LocalDate> failingDays(FailureKind kind) {
    return accepted.stream()
        .skip(forgotten.getOrDefault(kind, 0))
        .filter(part -> part.failures(kind) > 0)
        .map(PlainContribution::day)
        .sorted()
        .toList();
  }

  /** The latest receipt. */
  Instant lastReceipt() {
    return totals.lastReportTime().orElseThrow();
  }

  private static boolean isAhead(Instant receipt, Instant clock) {
    return receipt.isAfter(clock.plus(Duration.ofDays(1)));
  }

  private PlainSpell incident(FailureKind kind) {
    return incidents.getOrDefault(kind, new PlainSpell());
  }

  /** The kinds of failure that are active. */
  Set<FailureKind> active(Instant clock) {
    return activeAt(notBeforeLastReceipt(clock));
  }

  private Set<FailureKind> activeAt(Instant now) {
    return failing(now).stream()
        .flatMap(day -> day.parts().stream())
        .flatMap(part -> part.failures().keySet().stream())
        .collect(toCollection(() -> EnumSet.noneOf(FailureKind.class)));
  }

  /** The events due if these kinds were active before: kind and change. */
  List<String> changes(Set<FailureKind> before, Instant clock) {
    Set<FailureKind> now = active(clock);
    return Stream.of(FailureKind.values())
        .filter(kind -> before.contains(kind) != now.contains(kind))
        .map(kind -> kind.key() + " " + (now.contains(kind) ? Change.STARTED : end(kind)))
        .toList();
  }

  private Change end(FailureKind kind) {
    LocalDate lastFailing = incident(kind).lastDay().orElseGet(() -> failingDays(kind).getLast());
    boolean seenNone =
        incident(kind).reporters().stream()
            .map(reporter -> remembered.getOrDefault(reporter, List.of()))
            .flatMap(reports -> newest(reports, this::hasSessions).stream())
            .filter(parts -> parts.getFirst().day().isAfter(lastFailing))
            .anyMatch(parts -> sum(parts, part -> part.failures(kind)) == 0);
    return seenNone ? Change.RECOVERED : Change.EXPIRED;
  }

  DomainFigures figures(Instant clock) {
    Instant now = notBeforeLastReceipt(clock);
    List<NewestDay> failing = failing(now);
    List<PlainContribution> failingParts =
        failing.stream().flatMap(day -> day.parts().stream()).toList();
    Set<FailureKind> active = activeAt(now);
    MtaStsMode mode = mode(now);
    return new DomainFigures(
        domain,
        new DomainTotals(
            totals.reports(),
            totals.sessions(),
            totals.byPolicyKind(),
            totals.failures(),
            totals.lastReportTime().map(last -> isAhead(last, clock) ? clock : last),
            totals.lastReportEnd(),
            totals.lastFailure()),
        headline(failingParts),
        failures(failingParts),
        isLosingMail(active, now),
        active.stream()
            .flatMap(kind -> incident(kind).firstDay().stream())
            .min(Comparator.naturalOrder()),
        active.stream()
            .flatMap(kind -> incident(kind).lastDay().stream())
            .max(Comparator.naturalOrder()),
        mode,
        heardWithin(WINDOW, now),
        remembered.values().stream().filter(reports -> isOverdue(reports, now)).count(),
        isReady(mode, now) ? List.of() : NOT_READY,
        incidents.keySet().stream().map(kind -> figures(kind, failingParts)).toList());
  }

  private FailureFigures figures(FailureKind kind, List<PlainContribution> failingParts) {
    List<LocalDate> days = failingDays(kind);
    long activeSessions = sum(failingParts, part -> part.failures(kind));
    return new FailureFigures(
        kind,
        totals.failures().of(kind),
        activeSessions,
        incident(kind).firstDay().filter(day -> activeSessions > 0),
        days.getFirst(),
        days.getLast(),
        incident(kind).reporters().stream().map(DomainName::new).toList(),
        List.copyOf(incident(kind).hosts()));
  }

  private DomainTotals totals() {
    return new DomainTotals(
        accepted.size(),
        headline(accepted),
        Stream.of(PolicyKind.values())
            .filter(policy -> accepted.stream().anyMatch(p -> p.sessions().containsKey(policy)))
            .collect(toMap(Function.identity(), this::sessions)),
        failures(accepted),
        latest(accepted, PlainContribution::receipt),
        latest(accepted, PlainContribution::end),
        latest(
            accepted.stream().filter(PlainContribution::hasFailures).toList(),
            PlainContribution::day));
  }

  private SessionCounts sessions(PolicyKind policy) {
    return new SessionCounts(
        sum(accepted, part -> part.sessions(policy).successful()),
        sum(accepted, part -> part.sessions(policy).failed()));
  }

  private static SessionCounts headline(List<PlainContribution> parts) {
    return new SessionCounts(
        sum(parts, part -> part.headline().successful()),
        sum(parts, part -> part.headline().failed()));
  }

  private static FailureCounts failures(List<PlainContribution> parts) {
    return FailureCounts.of(
        Stream.of(FailureKind.values())
            .collect(toMap(Function.identity(), kind -> sum(parts, part -> part.failures(kind)))));
  }

  /** The newest days that are failing, of all reporters. */
  private List<NewestDay> failing(Instant now) {
    return remembered.entrySet().stream()
        .flatMap(
            reporter ->
                newest(reporter.getValue(), this::hasSessions)
                    .map(parts -> new NewestDay(reporter.getKey(), parts))
                    .stream())
        .filter(day -> day.isFailingAt(now))
        .toList();
  }

  /** The reports of each reporter since it was last forgotten. */
  private Map<String, List<PlainContribution>> remembered() {
    Map<String, List<PlainContribution>> reports = new TreeMap<>();
    for (int i = 0; i < accepted.size(); i++) {
      PlainContribution next = accepted.get(i);
      if (i >= forgottenReporters.getOrDefault(next.reporter(), 0)) {
        reports.computeIfAbsent(next.reporter(), name -> new ArrayList<>()).add(next);
      }
    }
    return reports;
  }

  private long heardWithin(Duration time, Instant now) {
    return remembered.values().stream().filter(reports -> !isSilent(reports, time, now)).count();
  }

  private static boolean isSilent(List<PlainContribution> reports, Duration time, Instant now) {
    return !now.isBefore(lastHeard(reports).plus(time));
  }

  private static Instant lastHeard(List<PlainContribution> reports) {
    return latest(reports, PlainContribution::receipt).orElseThrow();
  }

  /**
   * Silent for more than three times the median of the last eight gaps, twice the longest of them
   * but 14 days at most, and three days; of fewer than five gaps the longest may have been a
   * weekend.
   */
  private static boolean isOverdue(List<PlainContribution> reports, Instant now) {
    TreeSet<Long> days = new TreeSet<>();
    Instant heard = Instant.MIN;
    for (PlainContribution report : reports) {
      heard = later(heard, report.receipt());
      days.add(LocalDate.ofInstant(heard, ZoneOffset.UTC).toEpochDay());
    }
    Long[] heardOn = days.toArray(Long[]::new);
    int gaps = heardOn.length - 1;
    if (gaps == 0 || isSilent(reports, SILENCE, now)) {
      return false;
    }
    long[] last = new long[Math.min(8, gaps)];
    for (int i = 0; i < last.length; i++) {
      last[i] = heardOn[gaps - i] - heardOn[gaps - i - 1];
    }
    Arrays.sort(last);
    double median = (last[(last.length - 1) / 2] + last[last.length / 2]) / 2.0;
    long longest = Math.max(last[last.length - 1], last.length < 5 ? 3 : 0);
    double silentDays = Duration.between(lastHeard(reports), now).toMillis() / 86_400_000.0;
    return silentDays > Math.max(3, Math.max(3 * median, Math.min(14.0, 2.0 * longest)));
  }

  /** In these histories every registered domain has two labels. */
  static String organisation(String reporter) {
    String[] labels = reporter.split("\\.", -1);
    return labels[labels.length - 2] + "." + labels[labels.length - 1];
  }

  /** Whether the reporter was heard on enough UTC days, counting only ever later receipts. */
  private static boolean isEstablished(List<PlainContribution> reports) {
    Set<LocalDate> days = new TreeSet<>();
    Instant heard = Instant.MIN;
    for (PlainContribution report : reports) {
      heard = later(heard, report.receipt());
      days.add(LocalDate.ofInstant(heard, ZoneOffset.UTC));
    }
    return days.size() >= 3;
  }

  private boolean isLosingMail(Set<FailureKind> active, Instant now) {
    boolean enforced =
        remembered.values().stream()
            .filter(reports -> isEstablished(reports) && !isSilent(reports, SILENCE, now))
            .map(reports -> newest(reports, part -> true).orElseThrow())
            .anyMatch(day -> lastMode(day) == MtaStsMode.ENFORCE);
    return active.stream().anyMatch(kind -> enforced || OF_DANE.contains(kind));
  }

  private MtaStsMode mode(Instant now) {
    Map<String, List<PlainContribution>> saw = new TreeMap<>(remembered);
    saw.values().removeIf(reports -> isSilent(reports, VOTING_TIME, now));
    saw.values()
        .removeIf(
            reports -> lastMode(newest(reports, part -> true).orElseThrow()) == MtaStsMode.UNKNOWN);
    if (saw.values().stream().anyMatch(PlainDomain::isEstablished)) {
      saw.values().removeIf(reports -> !isEstablished(reports));
    }
    Map<String, Set<List<PlainContribution>>> newestDays =
        saw.entrySet().stream()
            .collect(
                groupingBy(
                    reporter -> organisation(reporter.getKey()),
                    mapping(
                        reporter -> newest(reporter.getValue(), part -> true).orElseThrow(),
                        toSet())));
    Map<MtaStsMode, Long> votes =
        newestDays.values().stream()
            .map(this::modeOfTheLargest)
            .collect(groupingBy(Function.identity(), counting()));
    MtaStsMode winner = MtaStsMode.UNKNOWN;
    for (MtaStsMode mode : List.of(MtaStsMode.ENFORCE, MtaStsMode.TESTING, MtaStsMode.NONE)) {
      if (votes.getOrDefault(mode, 0L) > votes.getOrDefault(winner, 0L)) {
        winner = mode;
      }
    }
    return winner;
  }

  /** The mode of the largest day; of several equally large the strictest. */
  private MtaStsMode modeOfTheLargest(Set<List<PlainContribution>> days) {
    long most = days.stream().mapToLong(this::sessions).max().orElseThrow();
    return days.stream()
        .filter(day -> sessions(day) == most)
        .map(this::lastMode)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private long sessions(List<PlainContribution> day) {
    return headline(day.stream().filter(this::hasSessions).toList()).total();
  }

  private MtaStsMode lastMode(List<PlainContribution> parts) {
    return parts.reversed().stream()
        .filter(part -> !withoutMode.contains(part))
        .map(PlainContribution::mode)
        .filter(mode -> mode != MtaStsMode.UNKNOWN)
        .findFirst()
        .orElse(MtaStsMode.UNKNOWN);
  }

  private boolean isReady(MtaStsMode mode, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    long reportedDays =
        recent.keySet().stream()
            .map(day -> ChronoUnit.DAYS.between(day, today))
            .filter(daysAgo -> daysAgo >= 0 && daysAgo < 21)
            .count();
    boolean quiet =
        recent.entrySet().stream()
            .filter(day -> ChronoUnit.DAYS.between(day.getKey(), today) < 14)
            .allMatch(day -> OF_DANE.containsAll(day.getValue()));
    return mode == MtaStsMode.TESTING
        && reportedDays >= 14
        && heardWithin(VOTING_TIME, now) >= 2
        && quiet;
  }

  private Instant notBeforeLastReceipt(Instant clock) {
    return totals
        .lastReportTime()
        .filter(last -> last.isAfter(clock) && !isAhead(last, clock))
        .orElse(clock);
  }

  /** All parts of the newest day among such reports. */
  private Optional<List<PlainContribution>> newest(
      List<PlainContribution> reports, Predicate<PlainContribution> which) {
    NavigableMap<LocalDate, List<PlainContribution>> days = days(believed(reports, which));
    return days.isEmpty() ? Optional.empty() : Optional.of(days.lastEntry().getValue());
  }

  private List<PlainContribution> believed(
      List<PlainContribution> reports, Predicate<PlainContribution> which) {
    return reports.stream().filter(which).filter(part -> !disbelieved.contains(part)).toList();
  }

  private static NavigableMap<LocalDate, List<PlainContribution>> days(
      List<PlainContribution> reports) {
    TreeMap<LocalDate, List<PlainContribution>> days = new TreeMap<>();
    for (PlainContribution report : reports) {
      days.computeIfAbsent(report.day(), day -> new ArrayList<>()).add(report);
    }
    return days;
  }

  private static <T> long sum(Collection<T> of, ToLongFunction<T> count) {
    return of.stream().mapToLong(count).sum();
  }

  private static <T extends Comparable<? super T>> Optional<T> latest(
      List<PlainContribution> reports, Function<PlainContribution, T> what) {
    return reports.stream().map(what).max(Comparator.naturalOrder());
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
