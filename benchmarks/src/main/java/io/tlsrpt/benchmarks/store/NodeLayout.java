// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.store;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * What reports are committed by.
 *
 * @param nodes that share a database; 0: one with SQLite
 * @param delay of each trip to PostgreSQL
 */
record NodeLayout(int nodes, Duration delay) {
  private static final Duration FARTHER_AWAY = Duration.ofMillis(2);

  /** All of them, in the order in which they take turns. */
  static Stream<NodeLayout> all() {
    return Stream.of(
        new NodeLayout(0, Duration.ZERO),
        new NodeLayout(1, Duration.ZERO),
        new NodeLayout(3, Duration.ZERO),
        new NodeLayout(1, FARTHER_AWAY),
        new NodeLayout(3, FARTHER_AWAY));
  }

  boolean isSqlite() {
    return nodes == 0;
  }

  int processes() {
    return Math.max(1, nodes);
  }

  @Override
  public String toString() {
    if (isSqlite()) {
      return "SQLite, FULL";
    }
    String who = nodes == 1 ? "one node" : nodes + " nodes";
    return delay.isZero() ? who : who + ", " + delay.toMillis() + " ms a trip";
  }
}
