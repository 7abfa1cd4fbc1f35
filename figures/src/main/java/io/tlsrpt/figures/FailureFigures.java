// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One kind of failure of a domain as it is shown at one time.
 *
 * @param failedSessions ever reported; only grows
 * @param activeSessions of what is failing now
 * @param activeSince first failing day of the present incident
 * @param reporters who reported it since the present or last incident began
 * @param receivingMx host names that failed since then, at most 20
 */
public record FailureFigures(
    FailureKind kind,
    long failedSessions,
    long activeSessions,
    Optional<LocalDate> activeSince,
    LocalDate firstSeen,
    LocalDate lastSeen,
    List<DomainName> reporters,
    List<String> receivingMx) {
  public FailureFigures {
    requireNonNull(kind, "kind");
    requireNonNull(activeSince, "activeSince");
    requireNonNull(firstSeen, "firstSeen");
    requireNonNull(lastSeen, "lastSeen");
    reporters = List.copyOf(reporters);
    receivingMx = List.copyOf(receivingMx);
  }
}
