// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.report.DomainName;
import java.util.List;
import java.util.Set;

/** What the commit of a report came to. */
public sealed interface StoreOutcome {

  /**
   * The report has been stored.
   *
   * @param contentKnown whether a report with another id had the same content
   * @param leftOut why some of its contributions found no place, each reason once
   * @param gaveWay domains that were forgotten to make room
   */
  record Stored(boolean contentKnown, List<Rejected> leftOut, Set<DomainName> gaveWay)
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
   * @param sameContent whether its content was the same; true if that is not known any more
   */
  record AlreadyStored(boolean sameContent) implements StoreOutcome {}

  /** There is no place for anything in the report; nothing has changed. */
  record Refused(Rejected why) implements StoreOutcome {
    public Refused {
      requireNonNull(why, "why");
    }
  }
}
