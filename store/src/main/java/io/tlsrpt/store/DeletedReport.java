// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.ReportIdentity;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A report that was counted and is not kept.
 *
 * @param lastDay the day on which its range ended; empty if it stated no range
 */
public record DeletedReport(ReportIdentity identity, Optional<LocalDate> lastDay) {
  public DeletedReport {
    requireNonNull(identity, "identity");
    requireNonNull(lastDay, "lastDay");
  }
}
