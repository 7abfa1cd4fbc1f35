// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.report.DomainName;
import java.util.List;
import java.util.Optional;

/**
 * A report to be committed.
 *
 * @param reportId as written
 * @param contributions one for each of its domains that is ours, at least one
 */
public record NewReport(
    ReportIdentity identity,
    ReportContent content,
    Optional<String> reportId,
    List<Contribution> contributions) {
  public NewReport {
    requireNonNull(identity, "identity");
    requireNonNull(content, "content");
    requireNonNull(reportId, "reportId");
    contributions = List.copyOf(contributions);
    if (contributions.isEmpty()) {
      throw new IllegalArgumentException("a report that adds to no domain");
    }
  }

  /** The domain that answers for it. */
  public DomainName reporter() {
    return contributions.getFirst().reporter();
  }

  /** The same report, with some of its contributions left out. */
  public NewReport with(List<Contribution> fewer) {
    return new NewReport(identity, content, reportId, fewer);
  }
}
