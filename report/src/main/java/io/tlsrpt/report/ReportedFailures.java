// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The {@code failure-details} of an entry, added up while they were read: there may be 250,000.
 *
 * @param sessions failed sessions by registered type, and of all other types together as {@link
 *     ResultType#OTHER}; a type that no detail has is not there
 * @param details how many there were
 * @param kept few of them, in their order and with texts cut: see {@link DetailSelection}
 * @param digest SHA-256 of all of them, uncut and in their order, in hexadecimal; empty if there
 *     were none
 */
public record ReportedFailures(
    Map<ResultType, Long> sessions, int details, List<FailureDetails> kept, String digest) {
  public static final ReportedFailures NONE = new ReportedFailures(Map.of(), 0, List.of(), "");

  public ReportedFailures {
    sessions = Map.copyOf(sessions);
    kept = List.copyOf(kept);
    requireNonNull(digest, "digest");
  }

  /** Adds up details with the whole budget of a mail. */
  public static ReportedFailures of(List<FailureDetails> details) {
    FailureAdder failures = new FailureAdder();
    details.forEach(failures::add);
    return failures.added(OptionalLong.empty(), new ReadingBudget(ReportLimits.DEFAULT, () -> {}));
  }

  /** Failed sessions of all types: details may overlap (RFC 8460 §4). */
  public long sum() {
    return sum(sessions);
  }

  static long sum(Map<ResultType, Long> sessions) {
    long sum = 0;
    for (long one : sessions.values()) {
      sum += one;
    }
    return sum;
  }
}
