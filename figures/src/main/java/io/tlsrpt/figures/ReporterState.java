// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.MtaStsMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What one reporter last said about one domain.
 *
 * @param lastHeard receipt of its latest report
 * @param gaps between the days on which it was heard of
 * @param newestDay the latest day of any of its reports
 * @param mode the MTA-STS mode it saw on that day
 * @param newestSessions the latest day on which it had sessions: a day without any ends no failure
 */
public record ReporterState(
    Instant lastHeard,
    Gaps gaps,
    LocalDate newestDay,
    MtaStsMode mode,
    Optional<ReportedDay> newestSessions) {
  private static final int DAYS_TO_BE_ESTABLISHED = 3;

  private static final Interner<Gaps> GAPS = new Interner<>();

  public ReporterState {
    requireNonNull(lastHeard, "lastHeard");
    // Interned: most reporters report daily, so few values stand in many states.
    gaps = GAPS.of(requireNonNull(gaps, "gaps"));
    requireNonNull(newestDay, "newestDay");
    requireNonNull(mode, "mode");
    requireNonNull(newestSessions, "newestSessions");
  }

  static ReporterState of(Contribution first) {
    return new ReporterState(
        first.receivedAt(),
        Gaps.NONE,
        first.day(),
        first.mode(),
        first.hasSessions() ? Optional.of(ReportedDay.of(first)) : Optional.empty());
  }

  /**
   * The state after one more report. If the report states its day, a newest day that a wrong clock
   * wrote is dropped first.
   */
  ReporterState plus(Contribution next, Instant clock) {
    return next.hasRangeOfReceipt() ? plus(next) : withoutDaysAhead(clock).plus(next);
  }

  private ReporterState plus(Contribution next) {
    LocalDate day = next.day();
    Instant heard = next.receivedAt().isAfter(lastHeard) ? next.receivedAt() : lastHeard;
    return new ReporterState(
        heard,
        gaps.plus(ChronoUnit.DAYS.between(utcDay(lastHeard), utcDay(heard))),
        day.isAfter(newestDay) ? day : newestDay,
        modeAfter(next, day),
        sessionsAfter(next, day));
  }

  /**
   * The state without a newest day that a wrong clock wrote. If that day stayed, every new report
   * would be older and have no effect until the clock reaches that day.
   */
  private ReporterState withoutDaysAhead(Instant clock) {
    if (!ReceiptClock.isAhead(newestDay, clock)) {
      return this;
    }
    Optional<ReportedDay> sessions =
        newestSessions.filter(newest -> !ReceiptClock.isAhead(newest.day(), clock));
    return new ReporterState(
        lastHeard,
        gaps,
        sessions.map(ReportedDay::day).orElse(LocalDate.EPOCH),
        MtaStsMode.UNKNOWN,
        sessions);
  }

  ReporterState withoutSessionsBefore(LocalDate day) {
    return newestSessions.filter(newest -> newest.day().isBefore(day)).isPresent()
        ? new ReporterState(lastHeard, gaps, newestDay, mode, Optional.empty())
        : this;
  }

  ReporterState correctedFor(Instant clock) {
    ReporterState believed = withoutDaysAhead(clock);
    return new ReporterState(
        ReceiptClock.believed(lastHeard, clock),
        gaps,
        believed.newestDay(),
        believed.mode(),
        believed.newestSessions().map(newest -> newest.correctedFor(clock)));
  }

  /**
   * The mode on the newest day. A later part of that day that states no mode leaves it unchanged.
   */
  private MtaStsMode modeAfter(Contribution next, LocalDate day) {
    if (day.isBefore(newestDay)) {
      return mode;
    }
    boolean silentPart = day.equals(newestDay) && next.mode() == MtaStsMode.UNKNOWN;
    return silentPart ? mode : next.mode();
  }

  /**
   * A later day replaces the newest day, a part of the same day is added to it, an earlier day is
   * ignored.
   */
  private Optional<ReportedDay> sessionsAfter(Contribution next, LocalDate day) {
    if (!next.hasSessions()) {
      return newestSessions;
    }
    return newestSessions
        .map(
            newest ->
                switch (Integer.signum(day.compareTo(newest.day()))) {
                  case 1 -> ReportedDay.of(next);
                  case 0 -> newest.plus(next);
                  default -> newest;
                })
        .or(() -> Optional.of(ReportedDay.of(next)));
  }

  /** Whether the reporter has been heard of on at least three days; until then it is a newcomer. */
  boolean isEstablished() {
    return gaps.count() >= DAYS_TO_BE_ESTABLISHED - 1;
  }

  long sessionsOnNewestDay() {
    return newestSessions
        .filter(newest -> newest.day().equals(newestDay))
        .map(newest -> newest.headline().total())
        .orElse(0L);
  }

  boolean isHeardWithin(Duration time, Instant now) {
    return now.isBefore(lastHeard.plus(time));
  }

  /** Whether it has been silent for longer than is usual for it. */
  boolean isOverdue(Instant now) {
    return gaps.overdueAfter().filter(silence -> now.isAfter(lastHeard.plus(silence))).isPresent();
  }

  /**
   * Whether the reporter's newest day with sessions is later than {@code after} and has no failure
   * of this kind.
   */
  boolean hasCleanDayAfter(LocalDate after, FailureKind kind) {
    return newestSessions
        .filter(newest -> newest.day().isAfter(after) && newest.failures().of(kind) == 0)
        .isPresent();
  }

  private static LocalDate utcDay(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
