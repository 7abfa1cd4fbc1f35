// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.FailureFigures;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.report.MtaStsMode;
import java.time.LocalDate;
import java.util.List;

/**
 * A failure as reporters tell it.
 *
 * @param receivingMx the hosts that they name, lower case, none if they name none
 * @param firstDay of the present incident, or of the last
 * @param lastDay the latest failing day
 * @param reporters who tells it, in words
 * @param allReporters how many reporters the domain has
 * @param seenMode the policy mode that reporters see
 */
public record Reported(
    FailureKind kind,
    List<String> receivingMx,
    LocalDate firstDay,
    LocalDate lastDay,
    List<String> reporters,
    long allReporters,
    MtaStsMode seenMode) {
  public Reported {
    requireNonNull(kind, "kind");
    receivingMx = List.copyOf(receivingMx);
    requireNonNull(firstDay, "firstDay");
    requireNonNull(lastDay, "lastDay");
    reporters = List.copyOf(reporters);
    requireNonNull(seenMode, "seenMode");
  }

  /** One of the failures of a domain. */
  public static Reported of(FailureFigures failure, long allReporters, MtaStsMode seenMode) {
    return new Reported(
        failure.kind(),
        failure.receivingMx(),
        failure.activeSince().orElse(failure.firstSeen()),
        failure.lastSeen(),
        failure.reporters().stream().map(Object::toString).toList(),
        allReporters,
        seenMode);
  }
}
