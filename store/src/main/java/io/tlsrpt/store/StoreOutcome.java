// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReportOutcome;
import java.util.List;

/** What a commit came to. */
public sealed interface StoreOutcome {

  /**
   * The report is remembered.
   *
   * @param states the states of its domains after it
   * @param contentKnown whether a report under another id said the same
   */
  record Stored(List<DomainState> states, boolean contentKnown) implements StoreOutcome {
    public Stored {
      states = List.copyOf(states);
    }
  }

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
