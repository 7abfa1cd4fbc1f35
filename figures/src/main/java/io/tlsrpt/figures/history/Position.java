// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Comparator;

/**
 * Where the contribution of a stored report to one domain lies in the order of receipt. No two have
 * the same position, so a list can be continued after any of them.
 *
 * @param report the store's number of the report
 * @param domain the store's number of the domain
 */
public record Position(Instant receivedAt, long report, long domain) {
  /** The order in which reports are read: by receipt, then report, then domain, the last first. */
  public static final Comparator<Position> NEWEST_FIRST =
      Comparator.comparing(Position::receivedAt)
          .thenComparingLong(Position::report)
          .thenComparingLong(Position::domain)
          .reversed();

  public Position {
    requireNonNull(receivedAt, "receivedAt");
  }
}
