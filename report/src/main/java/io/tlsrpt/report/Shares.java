// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.util.Map;

/**
 * How sessions are divided among the failure details that state no count: evenly, in the order of
 * their types, so that no detail has more than another by more than one, and no type more than its
 * part by more than one.
 *
 * @param sessions of all these details together
 * @param details how many these are
 * @param before how many of them are of types that come before
 */
record Shares(long sessions, int details, Map<ResultType, Integer> before) {

  /**
   * What one detail counts.
   *
   * @param number among those of its type: that of the first one is 1
   */
  long of(ResultType type, int number) {
    int earlier = before.getOrDefault(type, 0) + number - 1;
    return ofFirst(earlier + 1) - ofFirst(earlier);
  }

  /** What all of a type count that there are. */
  long ofAll(ResultType type, int number) {
    int earlier = before.getOrDefault(type, 0);
    return ofFirst(earlier + number) - ofFirst(earlier);
  }

  private long ofFirst(int some) {
    return sessions * some / details;
  }
}
