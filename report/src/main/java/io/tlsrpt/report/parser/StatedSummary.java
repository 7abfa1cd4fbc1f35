// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import io.tlsrpt.report.ReportedFailures;
import io.tlsrpt.report.Summary;
import java.util.OptionalLong;

/** The counts of a summary, as far as it states them. */
record StatedSummary(OptionalLong successful, OptionalLong failed) {
  /** What an entry without a summary states. */
  static final StatedSummary NOTHING =
      new StatedSummary(OptionalLong.empty(), OptionalLong.empty());

  /**
   * Whether the count of failures is missing and cannot be taken for a zero that the sender left
   * out: the count of successes is missing too, or there are failure details.
   */
  boolean lacksCount(ReportedFailures details) {
    return failed.isEmpty() && (successful.isEmpty() || details.details() > 0);
  }

  /** Whether nothing failed by the summary, and something did by the details. */
  boolean contradicts(ReportedFailures details) {
    return failed.isPresent() && failed.getAsLong() == 0 && details.sum() > 0;
  }

  /**
   * The summary; where it states no failures, with the sum of the details. A stated count above 0
   * that differs from this sum stays as it is: details may overlap (RFC 8460 §4).
   */
  Summary filled(ReportedFailures details) {
    long stated = failed.orElse(0);
    return new Summary(successful.orElse(0), stated > 0 ? stated : details.sum());
  }
}
