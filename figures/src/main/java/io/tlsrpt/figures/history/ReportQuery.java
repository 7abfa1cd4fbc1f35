// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.history;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.PolicyDomain;
import java.time.Instant;
import java.util.Optional;

/**
 * Which of the kept reports are asked for.
 *
 * @param domain only what they said of it; empty: of all domains
 * @param receivedSince not those received earlier
 * @param failingOnly not those that told of no failure
 * @param atMost so many, the newest
 */
public record ReportQuery(
    Optional<PolicyDomain> domain, Instant receivedSince, boolean failingOnly, int atMost) {
  public ReportQuery {
    requireNonNull(domain, "domain");
    requireNonNull(receivedSince, "receivedSince");
    if (atMost < 1) {
      throw new IllegalArgumentException("atMost is " + atMost);
    }
  }
}
