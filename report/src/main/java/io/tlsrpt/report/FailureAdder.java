// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Adds up failure details one after the other, and holds few of them at any time. */
final class FailureAdder {
  private final Map<ResultType, Long> sessions = new HashMap<>();
  private final KeptDetails kept = new KeptDetails();
  private int details;
  private Optional<Sha256> digest = Optional.empty();

  void add(FailureDetails detail) {
    if (digest.isEmpty()) {
      digest = Optional.of(new Sha256());
    }
    digest(digest.get(), detail);
    details++;
    ResultType type = detail.resultType().registeredOrOther();
    Long before = sessions.get(type);
    sessions.put(type, (before == null ? 0 : before) + detail.failedSessionCount());
    kept.add(detail);
  }

  private static void digest(Sha256 digest, FailureDetails detail) {
    digest
        .add(detail.resultType().value())
        .add(detail.sendingMtaIp())
        .add(detail.receivingMxHostname())
        .add(detail.receivingMxHelo())
        .add(detail.receivingIp())
        .add(detail.additionalInformation())
        .add(detail.failureReasonCode())
        .add(detail.failedSessionCount());
  }

  /**
   * What they add up to.
   *
   * @param budget has the room for what is kept
   */
  ReportedFailures added(ReadingBudget budget) {
    return digest.isEmpty()
        ? ReportedFailures.NONE
        : new ReportedFailures(sessions, details, budget.keep(kept), digest.get().toHex());
  }
}
