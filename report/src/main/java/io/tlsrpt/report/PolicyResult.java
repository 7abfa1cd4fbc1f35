// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static java.util.Objects.requireNonNull;

/**
 * One element of {@code policies}: a policy that the sending MTA applied, and what came of it. The
 * RFC has no name for it.
 *
 * <p>Counts of the details may overlap, so their sum may exceed the summary (RFC 8460 §4). But if
 * the details count a failure, the summary of an entry read from a report counts at least one too:
 * otherwise a domain would be shown as failing without a failed session.
 */
public record PolicyResult(Policy policy, Summary summary, ReportedFailures failures) {
  public PolicyResult {
    requireNonNull(policy, "policy");
    requireNonNull(summary, "summary");
    requireNonNull(failures, "failures");
  }
}
