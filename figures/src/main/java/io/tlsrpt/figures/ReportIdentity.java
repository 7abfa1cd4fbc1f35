// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.PolicyDomain;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.TlsReport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
    MessageDigest digest = sha256();
    add(digest, received.reporter());
    add(digest, range(report));
    report.policies().stream()
        .flatMap(entry -> entry.policy().policyDomain().stream())
        .sorted()
        .distinct()
        .forEach(domain -> add(digest, domain.value()));
    report
        .reportId()
        .ifPresentOrElse(id -> add(digest, "id:" + id), () -> addContent(digest, report));
    return new ReportIdentity(HexFormat.of().formatHex(digest.digest()));
  }

  /**
   * Normalised where it can be read, so that the same moment written otherwise is the same report.
   */
  private static String range(TlsReport report) {
    return report
        .dateRange()
        .map(range -> range.startDatetime() + "/" + range.endDatetime())
        .orElse(report.dateRangeAsWritten());
  }

  private static void addContent(MessageDigest digest, TlsReport report) {
    add(digest, report.organizationName().orElse(""));
    add(digest, report.contactInfo().orElse(""));
    for (PolicyResult entry : report.policies()) {
      add(digest, entry.policy().policyType().value());
      add(digest, entry.policy().policyDomain().map(PolicyDomain::value).orElse(""));
      add(digest, entry.policy().policyString().size());
      entry.policy().policyString().forEach(line -> add(digest, line));
      add(digest, entry.policy().mxHost().size());
      entry.policy().mxHost().forEach(host -> add(digest, host));
      add(digest, entry.summary().totalSuccessfulSessionCount());
      add(digest, entry.summary().totalFailureSessionCount());
      entry
          .failureDetails()
          .forEach(
              details -> {
                add(digest, details.resultType().value());
                add(digest, details.sendingMtaIp().orElse(""));
                add(digest, details.receivingMxHostname().orElse(""));
                add(digest, details.receivingMxHelo().orElse(""));
                add(digest, details.receivingIp().orElse(""));
                add(digest, details.additionalInformation().orElse(""));
                add(digest, details.failureReasonCode().orElse(""));
                add(digest, details.failedSessionCount());
              });
    }
  }

  private static void add(MessageDigest digest, long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
  }

  /** Length first, so that no two lists of texts run together to the same bytes. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(digest, bytes.length);
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
