// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.Sha256;
import io.tlsrpt.report.TlsReport;

/**
 * What makes two arrivals the same report: reporter, report-id, range and the set of its policy
 * domains, ours or not. The reporter is part of it, since ids are only unique within one and an id
 * alone would let one reporter pre-empt another's. Without a report-id, all that the report says is
 * its identity.
 *
 * @param digest SHA-256 in hexadecimal
 */
public record ReportIdentity(String digest) {
  public ReportIdentity {
    requireNonNull(digest, "digest");
  }

  public static ReportIdentity of(ReceivedReport received) {
    TlsReport report = received.report();
    Sha256 digest = new Sha256().add(received.reporter().value()).add(ReportContent.range(report));
    report.policies().stream()
        .flatMap(entry -> entry.policy().policyDomain().stream())
        .sorted()
        .distinct()
        .map(DomainName::value)
        .forEach(digest::add);
    String name =
        report
            .reportId()
            .map(id -> "id:" + id)
            .orElseGet(() -> "content:" + ReportContent.of(received).digest());
    return new ReportIdentity(digest.add(name).toHex());
  }
}
