// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static java.util.Objects.requireNonNull;

/**
 * One element of {@code policies}: a policy that the sending MTA applied, and what came of it. The
 * RFC has no name for it.
 *
 * <p>Counts of the details may overlap, so their sum may exceed the summary (RFC 8460 §4). But if
 * they tell of a failure, so does the summary of every entry that was read from a report: what is
 * shown of a domain must not say that it fails and that nothing of it failed.
 */
public record PolicyResult(Policy policy, Summary summary, ReportedFailures failures) {
  public PolicyResult {
    requireNonNull(policy, "policy");
    requireNonNull(summary, "summary");
    requireNonNull(failures, "failures");
  }
}
