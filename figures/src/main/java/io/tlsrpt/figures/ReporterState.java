// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import io.tlsrpt.report.MtaStsMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What one reporter last said about one domain.
 *
 * @param lastHeard receipt of its latest report
 * @param newestDay the latest day of any of its reports
 * @param mode the MTA-STS mode it saw on that day
 * @param newestSessions the latest day on which it had sessions: a day without any ends no failure
 */
record ReporterState(
    Instant lastHeard, LocalDate newestDay, MtaStsMode mode, Optional<ReportedDay> newestSessions) {

  static ReporterState of(Contribution first) {
    return new ReporterState(
        first.receivedAt(),
        first.dateRange().day(),
        first.mode(),
        first.hasSessions() ? Optional.of(ReportedDay.of(first)) : Optional.empty());
  }

  ReporterState plus(Contribution next) {
    LocalDate day = next.dateRange().day();
    Instant heard = next.receivedAt().isAfter(lastHeard) ? next.receivedAt() : lastHeard;
    return new ReporterState(
        heard,
        day.isAfter(newestDay) ? day : newestDay,
        modeAfter(next, day),
        sessionsAfter(next, day));
  }

  private MtaStsMode modeAfter(Contribution next, LocalDate day) {
    if (day.isBefore(newestDay)) {
      return mode;
    }
    boolean silentPart = day.equals(newestDay) && next.mode() == MtaStsMode.UNKNOWN;
    return silentPart ? mode : next.mode();
  }

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
}
