// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Sessions that failed in one way between one sending MTA and one receiving MX. All text is the
 * sender's: data to be shown, never to be looked up or fetched.
 *
 * @param failedSessionCount never negative
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8460#section-4.4">RFC 8460, 4.4</a>
 */
public record FailureDetails(
    ResultType resultType,
    Optional<String> sendingMtaIp,
    Optional<String> receivingMxHostname,
    Optional<String> receivingMxHelo,
    Optional<String> receivingIp,
    long failedSessionCount,
    Optional<String> additionalInformation,
    Optional<String> failureReasonCode) {
  public FailureDetails {
    requireNonNull(resultType, "resultType");
    requireNonNull(sendingMtaIp, "sendingMtaIp");
    requireNonNull(receivingMxHostname, "receivingMxHostname");
    requireNonNull(receivingMxHelo, "receivingMxHelo");
    requireNonNull(receivingIp, "receivingIp");
    requireNonNull(additionalInformation, "additionalInformation");
    requireNonNull(failureReasonCode, "failureReasonCode");
    if (failedSessionCount < 0) {
      throw new IllegalArgumentException("failedSessionCount is negative");
    }
  }
}
