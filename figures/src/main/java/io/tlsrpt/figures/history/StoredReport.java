// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.history;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.Contribution;
import java.util.Optional;

/**
 * A stored report, and its contribution to one domain.
 *
 * @param position where it lies among all
 * @param reportId as written, cut at 255 characters
 * @param contribution the contribution; it may have fewer details than the report had
 */
public record StoredReport(
    Position position, Optional<String> reportId, Contribution contribution) {
  public StoredReport {
    requireNonNull(position, "position");
    requireNonNull(reportId, "reportId");
    requireNonNull(contribution, "said");
  }
}
