// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What only grows: everything ever accepted about one domain.
 *
 * @param reports accepted reports that speak of the domain
 * @param sessions headline sessions
 * @param lastReportTime the latest receipt
 * @param lastReportEnd the latest end of a range
 * @param lastFailure the latest day with a failure
 */
public record DomainTotals(
    long reports,
    SessionCounts sessions,
    Map<PolicyKind, SessionCounts> byPolicyKind,
    FailureCounts failures,
    Optional<Instant> lastReportTime,
    Optional<Instant> lastReportEnd,
    Optional<LocalDate> lastFailure) {
  static final DomainTotals NONE =
      new DomainTotals(
          0,
          SessionCounts.NONE,
          Map.of(),
          FailureCounts.NONE,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public DomainTotals {
    requireNonNull(sessions, "sessions");
    byPolicyKind = EnumMaps.copyOf(PolicyKind.class, byPolicyKind);
    requireNonNull(failures, "failures");
    requireNonNull(lastReportTime, "lastReportTime");
    requireNonNull(lastReportEnd, "lastReportEnd");
    requireNonNull(lastFailure, "lastFailure");
  }

  /** Sessions under one kind of policy, as reported. */
  public SessionCounts of(PolicyKind kind) {
    return byPolicyKind.getOrDefault(kind, SessionCounts.NONE);
  }

  DomainTotals plus(Contribution next) {
    EnumMap<PolicyKind, SessionCounts> sum = new EnumMap<>(PolicyKind.class);
    sum.putAll(byPolicyKind);
    next.byPolicyKind().forEach((kind, counts) -> sum.merge(kind, counts, SessionCounts::plus));
    boolean failing = next.headline().failed() > 0 || !next.failures().isZero();
    return new DomainTotals(
        reports + 1,
        sessions.plus(next.headline()),
        sum,
        failures.plus(next.failures()),
        latest(lastReportTime, next.receivedAt()),
        latest(lastReportEnd, next.dateRange().endDatetime()),
        failing ? latest(lastFailure, next.day()) : lastFailure);
  }

  /** The sum of the totals that two databases have of the same domain. */
  DomainTotals plus(DomainTotals other) {
    EnumMap<PolicyKind, SessionCounts> sum = new EnumMap<>(PolicyKind.class);
    sum.putAll(byPolicyKind);
    other.byPolicyKind.forEach((kind, counts) -> sum.merge(kind, counts, SessionCounts::plus));
    return new DomainTotals(
        reports + other.reports,
        sessions.plus(other.sessions),
        sum,
        failures.plus(other.failures),
        latest(lastReportTime, other.lastReportTime),
        latest(lastReportEnd, other.lastReportEnd),
        latest(lastFailure, other.lastFailure));
  }

  /** These totals without those that are part of them; the times stay as they are. */
  DomainTotals minus(DomainTotals part) {
    EnumMap<PolicyKind, SessionCounts> rest = new EnumMap<>(PolicyKind.class);
    byPolicyKind.forEach((kind, counts) -> rest.put(kind, counts.minus(part.of(kind))));
    return new DomainTotals(
        Math.max(0, reports - part.reports),
        sessions.minus(part.sessions),
        rest,
        failures.minus(part.failures),
        lastReportTime,
        lastReportEnd,
        lastFailure);
  }

  DomainTotals heardAt(Instant receipt) {
    return with(Optional.of(receipt), lastReportEnd, lastFailure);
  }

  /** The same, with a receipt that lies ahead shown as now. */
  DomainTotals withReceiptBelievedAt(Instant clock) {
    return lastReportTime.filter(last -> ReceiptClock.isAhead(last, clock)).isPresent()
        ? with(Optional.of(clock), lastReportEnd, lastFailure)
        : this;
  }

  DomainTotals correctedFor(Instant clock) {
    Instant latestEnd = clock.plus(ReceivedReport.LONGEST_RANGE);
    return with(
        lastReportTime.map(last -> ReceiptClock.believed(last, clock)),
        lastReportEnd.map(end -> ReceiptClock.isAhead(end, latestEnd) ? clock : end),
        lastFailure.map(day -> ReceiptClock.believed(day, clock)));
  }

  private DomainTotals with(
      Optional<Instant> receipt, Optional<Instant> end, Optional<LocalDate> failure) {
    return new DomainTotals(reports, sessions, byPolicyKind, failures, receipt, end, failure);
  }

  private static <T extends Comparable<? super T>> Optional<T> latest(
      Optional<T> one, Optional<T> other) {
    return other.isPresent() ? latest(one, other.get()) : one;
  }

  private static <T extends Comparable<? super T>> Optional<T> latest(Optional<T> known, T next) {
    return known.filter(k -> k.compareTo(next) >= 0).or(() -> Optional.of(next));
  }
}
