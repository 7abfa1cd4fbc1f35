// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A report as its JSON states it, not as its mail does: where the two differ the JSON is
 * authoritative (RFC 8460 §5.6).
 *
 * @param organizationName free text, as written
 * @param dateRange empty if it cannot be read
 * @param dateRangeAsWritten both ends as they stand, to tell reports apart whose range cannot be
 *     read
 * @param contactInfo free text, as written
 * @param reportId as written; only unique within its reporter
 * @param policies at least one
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8460#section-4.4">RFC 8460, 4.4</a>
 */
public record TlsReport(
    Optional<String> organizationName,
    Optional<DateRange> dateRange,
    String dateRangeAsWritten,
    Optional<String> contactInfo,
    Optional<String> reportId,
    List<PolicyResult> policies) {
  public TlsReport {
    requireNonNull(organizationName, "organizationName");
    requireNonNull(dateRange, "dateRange");
    requireNonNull(dateRangeAsWritten, "dateRangeAsWritten");
    requireNonNull(contactInfo, "contactInfo");
    requireNonNull(reportId, "reportId");
    policies = List.copyOf(policies);
  }
}
