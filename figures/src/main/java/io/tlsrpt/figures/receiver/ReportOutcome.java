// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.receiver;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.Deviations;

/** What became of a report. */
public sealed interface ReportOutcome {

  /** The word for mail attributes, logs and meters. */
  default String key() {
    return switch (this) {
      case Accepted accepted -> "accepted";
      case Duplicate duplicate -> "duplicate";
      case Rejected rejected -> "rejected";
      case Deferred deferred -> "deferred";
    };
  }

  /**
   * Counted.
   *
   * @param deviations what had to be tolerated
   * @param detail for the log: what of the report was left out, in words, without line breaks of a
   *     sender's making; empty if all of it counts
   */
  record Accepted(Deviations deviations, String detail) implements ReportOutcome {
    public Accepted {
      requireNonNull(deviations, "deviations");
      requireNonNull(detail, "detail");
    }

    /** A report of which nothing was left out. */
    public Accepted(Deviations deviations) {
      this(deviations, "");
    }
  }

  /**
   * Counted before; changes nothing but the number of duplicates.
   *
   * @param deviations of this arrival, beside those counted with the first
   */
  record Duplicate(Deviations deviations) implements ReportOutcome {
    public Duplicate {
      requireNonNull(deviations, "deviations");
    }
  }

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

  /**
   * Not judged yet: kept, and judged again later.
   *
   * @param detail for the log, as above
   */
  record Deferred(DeferralReason reason, String detail) implements ReportOutcome {
    public Deferred {
      requireNonNull(reason, "reason");
      requireNonNull(detail, "detail");
    }
  }
}
