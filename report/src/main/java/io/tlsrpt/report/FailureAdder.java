// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Adds up failure details one after the other, and holds few of them at any time. */
public final class FailureAdder {
  /** Stands in the digest for a count that is not stated. */
  private static final long NOT_STATED = -1;

  private final Map<ResultType, Long> sessions = new HashMap<>();
  private final UncountedDetails countless = new UncountedDetails();
  private final DetailSelection kept = new DetailSelection();
  private int details;
  private Optional<Sha256> digest = Optional.empty();

  public void add(FailureDetails detail) {
    note(detail, detail.failedSessionCount());
    ResultType type = detail.resultType().registeredOrOther();
    Long before = sessions.get(type);
    sessions.put(type, (before == null ? 0 : before) + detail.failedSessionCount());
    kept.add(detail);
  }

  /**
   * Adds a detail that states no count.
   *
   * @param detail with 1 as a placeholder for its count
   */
  public void addCountless(FailureDetails detail) {
    note(detail, NOT_STATED);
    kept.addCountless(detail, countless.add(detail.resultType().registeredOrOther()));
  }

  private void note(FailureDetails detail, long statedCount) {
    if (digest.isEmpty()) {
      digest = Optional.of(new Sha256());
    }
    digest(digest.get(), detail).add(statedCount);
    details++;
  }

  private static Sha256 digest(Sha256 digest, FailureDetails detail) {
    return digest
        .add(detail.resultType().value())
        .add(detail.sendingMtaIp())
        .add(detail.receivingMxHostname())
        .add(detail.receivingMxHelo())
        .add(detail.receivingIp())
        .add(detail.additionalInformation())
        .add(detail.failureReasonCode());
  }

  /**
   * The sum of all details. To be called once, after the whole entry was read, since its summary
   * may follow the details.
   *
   * @param stated the summary's failures, if it states them
   * @param budget has the room for what is kept
   */
  public ReportedFailures added(OptionalLong stated, ReadingBudget budget) {
    if (digest.isEmpty()) {
      return ReportedFailures.NONE;
    }
    if (!countless.isEmpty()) {
      Shares shares = countless.shares(stated, ReportedFailures.sum(sessions));
      countless.addTo(sessions, shares);
      kept.share(shares);
    }
    return new ReportedFailures(sessions, details, budget.keep(kept), digest.get().toHex());
  }
}
