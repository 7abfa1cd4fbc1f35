// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.Sha256;
import io.tlsrpt.report.TlsReport;

/**
 * All that a reporter says in a report, but for its report-id: tells whether a second arrival says
 * the same, and whether a report comes again under another id.
 *
 * @param digest SHA-256 in hexadecimal
 */
public record ReportContent(String digest) {
  public ReportContent {
    requireNonNull(digest, "digest");
  }

  public static ReportContent of(ReceivedReport received) {
    TlsReport report = received.report();
    Sha256 digest =
        new Sha256()
            .add(received.reporter().value())
            .add(range(report))
            .add(report.organizationName())
            .add(report.contactInfo());
    for (PolicyResult entry : report.policies()) {
      add(digest, entry);
    }
    return new ReportContent(digest.toHex());
  }

  /**
   * Normalised where it can be read, so that the same moment written otherwise is the same report.
   */
  static String range(TlsReport report) {
    return report
        .dateRange()
        .map(range -> range.startDatetime() + "/" + range.endDatetime())
        .orElse(report.dateRangeAsWritten());
  }

  private static void add(Sha256 digest, PolicyResult entry) {
    digest
        .add(entry.policy().policyType().value())
        .add(entry.policy().policyDomain().map(DomainName::value))
        .add(entry.policy().policyString())
        .add(entry.policy().mxHost())
        .add(entry.summary().totalSuccessfulSessionCount())
        .add(entry.summary().totalFailureSessionCount());
    String failures = entry.failures().digest();
    if (!failures.isEmpty()) {
      digest.add(failures);
    }
  }
}
