// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

/**
 * Sessions under one policy. Neither count is ever negative.
 *
 * @param totalSuccessfulSessionCount sessions that satisfied the policy (RFC 8460 §4.2.1)
 * @param totalFailureSessionCount sessions that did not, whether or not the mail was delivered
 *     after all (RFC 8460 §4.2.2)
 */
public record Summary(long totalSuccessfulSessionCount, long totalFailureSessionCount) {
  public Summary {
    if (totalSuccessfulSessionCount < 0 || totalFailureSessionCount < 0) {
      throw new IllegalArgumentException("a session count is negative");
    }
  }
}
