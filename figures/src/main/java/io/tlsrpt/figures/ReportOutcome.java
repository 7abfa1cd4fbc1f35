// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

/** What became of a report. */
public sealed interface ReportOutcome {

  /** The word for mail attributes, logs and meters. */
  default String key() {
    return switch (this) {
      case Accepted accepted -> "accepted";
      case Duplicate duplicate -> "duplicate";
      case Rejected rejected -> "rejected";
    };
  }

  /** Counted. */
  record Accepted() implements ReportOutcome {}

  /** Counted before; changes nothing but the number of duplicates. */
  record Duplicate() implements ReportOutcome {}

  /**
   * Changes nothing but the number of rejections.
   *
   * @param detail for the log: what was met, in words, without line breaks of a sender's making
   */
  record Rejected(RejectionReason reason, String detail) implements ReportOutcome {
    public Rejected {
      requireNonNull(reason, "reason");
      requireNonNull(detail, "detail");
    }
  }
}
