// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The failure details of an entry that state no count. There may be 250,000 of them, and the
 * summary that decides their counts may follow. Until then only their number is held.
 */
final class UncountedDetails {
  /** In the order of their first detail. */
  private final Map<ResultType, Integer> byType = new LinkedHashMap<>();

  private int number;

  /**
   * Adds one detail.
   *
   * @return its number among those of its type: that of the first one is 1
   */
  int add(ResultType type) {
    number++;
    int ofType = byType.getOrDefault(type, 0) + 1;
    byType.put(type, ofType);
    return ofType;
  }

  boolean isEmpty() {
    return number == 0;
  }

  /**
   * Divides the failures of the summary that the other details do not count. Each of these details
   * counts at least 1, since it reports a failure. But if the summary and the other details agree
   * that nothing failed, each counts 0: the sender left out a zero.
   *
   * @param stated the summary's failures, if it states them
   * @param counted what the other details count
   */
  Shares shares(OptionalLong stated, long counted) {
    boolean nothingFailed = stated.isPresent() && stated.getAsLong() == 0 && counted == 0;
    long sessions = nothingFailed ? 0 : Math.max(number, stated.orElse(0) - counted);
    Map<ResultType, Integer> before = new HashMap<>();
    int sum = 0;
    for (Map.Entry<ResultType, Integer> of : byType.entrySet()) {
      before.put(of.getKey(), sum);
      sum += of.getValue();
    }
    return new Shares(sessions, number, before);
  }

  /** Adds the sessions of these details to those of their types. */
  void addTo(Map<ResultType, Long> sessions, Shares shares) {
    for (Map.Entry<ResultType, Integer> of : byType.entrySet()) {
      ResultType type = of.getKey();
      long more = shares.ofAll(type, of.getValue());
      sessions.put(type, sessions.getOrDefault(type, 0L) + more);
    }
  }
}
