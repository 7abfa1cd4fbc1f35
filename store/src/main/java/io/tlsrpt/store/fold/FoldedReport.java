// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.store.NewReport;
import java.util.List;
import java.util.Optional;

/**
 * A report that is to be written.
 *
 * @param report with the contributions that have a place
 * @param details the text of the failure details of each contribution that have room
 */
public record FoldedReport(NewReport report, List<Optional<String>> details) {
  public FoldedReport {
    requireNonNull(report, "report");
    details = List.copyOf(details);
  }
}
