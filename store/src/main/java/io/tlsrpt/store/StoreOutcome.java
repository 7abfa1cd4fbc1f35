// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.ReportOutcome;

/** What the commit of a report came to. */
public sealed interface StoreOutcome {

  /**
   * The report is remembered.
   *
   * @param contentKnown whether a report under another id said the same
   */
  record Stored(boolean contentKnown) implements StoreOutcome {}

  /**
   * A report of this identity was remembered before; nothing has changed.
   *
   * @param sameContent whether it said the same
   */
  record AlreadyStored(boolean sameContent) implements StoreOutcome {}

  /** There is no place for the report; nothing has changed. */
  record Refused(ReportOutcome.Rejected why) implements StoreOutcome {
    public Refused {
      requireNonNull(why, "why");
    }
  }
}
