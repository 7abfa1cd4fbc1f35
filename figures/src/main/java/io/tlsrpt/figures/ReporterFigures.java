// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalInt;

/**
 * A reporter of a domain as it is shown at one time.
 *
 * @param lastHeard receipt of its latest report
 * @param usualGap days that usually lie between two days on which it is heard of: the median of the
 *     last 8 gaps, rounded up; empty if it was heard of on one day only
 * @param overdue silent for longer than is usual for it
 * @param mode the MTA-STS mode that it saw on its newest day
 * @param newestDay the latest day that it told of
 * @param sessions on the latest day on which it had sessions
 * @param failures on that day, by kind
 */
public record ReporterFigures(
    DomainName reporter,
    Instant lastHeard,
    OptionalInt usualGap,
    boolean overdue,
    MtaStsMode mode,
    LocalDate newestDay,
    SessionCounts sessions,
    FailureCounts failures) {
  public ReporterFigures {
    requireNonNull(reporter, "reporter");
    requireNonNull(lastHeard, "lastHeard");
    requireNonNull(usualGap, "usualGap");
    requireNonNull(mode, "mode");
    requireNonNull(newestDay, "newestDay");
    requireNonNull(sessions, "sessions");
    requireNonNull(failures, "failures");
  }
}
