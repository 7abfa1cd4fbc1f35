// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.TlsReport;
import java.time.Instant;

/**
 * A report as it came in.
 *
 * @param reporter the domain that answers for the report
 * @param receivedAt our clock at the intake of its mail
 */
public record ReceivedReport(String reporter, Instant receivedAt, TlsReport report) {
  public ReceivedReport {
    requireNonNull(reporter, "reporter");
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(report, "report");
  }
}
