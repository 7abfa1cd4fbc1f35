// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.history;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.Optional;

/**
 * Which of the stored reports are asked for.
 *
 * @param domain only contributions to this domain; empty for all domains
 * @param receivedSince only reports received at this time or later
 * @param failingOnly only contributions with a failure
 * @param atMost how many, of which the newest are taken; at least 1
 */
public record ReportQuery(
    Optional<DomainName> domain, Instant receivedSince, boolean failingOnly, int atMost) {
  public ReportQuery {
    requireNonNull(domain, "domain");
    requireNonNull(receivedSince, "receivedSince");
    if (atMost < 1) {
      throw new IllegalArgumentException("atMost is " + atMost);
    }
  }
}
