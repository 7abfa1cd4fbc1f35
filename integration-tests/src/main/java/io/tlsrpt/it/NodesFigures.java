// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What several James show that share a database: the same of each domain. What they do each counts
 * by itself.
 */
record NodesFigures(List<Figures> nodes) {
  /** What the receivers of all nodes count is to be added up. */
  static final List<String> COUNTERS =
      List.of("ReportsReceived", "ReportsAccepted", "ReportsDuplicate", "ReportsRejected");

  NodesFigures {
    nodes = List.copyOf(nodes);
  }

  /** Whether all nodes show the same of all domains. */
  boolean areEqual() {
    return nodes.stream().map(Figures::domains).distinct().count() == 1;
  }

  /** The sum over all nodes. */
  long sum(String counter) {
    return nodes.stream().mapToLong(node -> Long.parseLong(node.receiver().get(counter))).sum();
  }

  /**
   * Whether all nodes show what was expected of one James.
   *
   * @param again how many mails with reports that count were sent to a second node, too
   */
  boolean are(Figures expected, int again) {
    return areEqual()
        && nodes.getFirst().domains().equals(expected.domains())
        && sums().equals(sums(expected, again));
  }

  private Map<String, Long> sums() {
    Map<String, Long> sums = new LinkedHashMap<>();
    COUNTERS.forEach(counter -> sums.put(counter, sum(counter)));
    return sums;
  }

  private static Map<String, Long> sums(Figures expected, int again) {
    Map<String, Long> sums = new NodesFigures(List.of(expected)).sums();
    sums.merge("ReportsReceived", (long) again, Long::sum);
    sums.merge("ReportsDuplicate", (long) again, Long::sum);
    return sums;
  }
}
