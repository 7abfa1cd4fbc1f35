// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.util.Map;

/**
 * Divides sessions evenly among the failure details that state no count, type after type. Two
 * details differ by at most one session, and a type's total differs from its exact proportion by
 * less than one.
 *
 * @param sessions of all these details together
 * @param details how many these are
 * @param before for each type, how many of the details are of earlier types
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

  /** What all {@code number} details of a type count together. */
  long ofAll(ResultType type, int number) {
    int earlier = before.getOrDefault(type, 0);
    return ofFirst(earlier + number) - ofFirst(earlier);
  }

  private long ofFirst(int some) {
    return sessions * some / details;
  }
}
