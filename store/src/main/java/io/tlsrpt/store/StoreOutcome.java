// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.report.PolicyDomain;
import java.util.List;
import java.util.Set;

/** What the commit of a report came to. */
public sealed interface StoreOutcome {

  /**
   * The report is remembered.
   *
   * @param contentKnown whether a report under another id said the same
   * @param leftOut why there is no place for some of what it says, each reason once
   * @param gaveWay domains that are forgotten, since their places were needed
   */
  record Stored(boolean contentKnown, List<Rejected> leftOut, Set<PolicyDomain> gaveWay)
      implements StoreOutcome {
    public Stored {
      leftOut = List.copyOf(leftOut);
      gaveWay = Set.copyOf(gaveWay);
    }

    /** A report of which nothing was left out. */
    public Stored(boolean contentKnown) {
      this(contentKnown, List.of(), Set.of());
    }
  }

  /**
   * A report of this identity was remembered before; nothing has changed.
   *
   * @param sameContent whether it said the same, as far as that is still known
   */
  record AlreadyStored(boolean sameContent) implements StoreOutcome {}

  /** There is no place for anything in the report; nothing has changed. */
  record Refused(Rejected why) implements StoreOutcome {
    public Refused {
      requireNonNull(why, "why");
    }
  }
}
