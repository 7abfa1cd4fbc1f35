// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.store;

import io.tlsrpt.benchmarks.Timings;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The figures of one measurement of a layout.
 *
 * @param rate reports a second of all nodes together
 * @param transactions that have stored reports; 0: not counted
 */
record NodeRun(double rate, Timings timings, long trips, long transactions) {
  static final String HEAD =
      """
      | what | reports a second | p50, ms | p99, ms | trips a transaction | reports a transaction |
      |---|---|---|---|---|---|\
      """;

  private double median() {
    return timings.median();
  }

  private double p99() {
    List<Double> millis = timings.millis();
    return millis.get(millis.size() * 99 / 100);
  }

  private double tripsOfATransaction() {
    return (double) trips / transactions;
  }

  private double reportsOfATransaction() {
    return (double) timings.millis().size() / transactions;
  }

  /** A row of all turns of a layout: the median, and the least and the greatest in brackets. */
  static String format(NodeLayout layout, List<NodeRun> runs) {
    return "| %s | %s | %s | %s | %s | %s |"
        .formatted(
            layout,
            spread("%,.0f", runs, NodeRun::rate),
            spread("%.1f", runs, NodeRun::median),
            spread("%.1f", runs, NodeRun::p99),
            layout.isSqlite() ? "" : spread("%.1f", runs, NodeRun::tripsOfATransaction),
            layout.isSqlite() ? "" : spread("%.1f", runs, NodeRun::reportsOfATransaction));
  }

  private static String spread(String form, List<NodeRun> runs, ToDoubleFunction<NodeRun> value) {
    List<Double> sorted = runs.stream().mapToDouble(value).sorted().boxed().toList();
    return String.format(
        Locale.ROOT,
        form + " (" + form + "–" + form + ")",
        sorted.get(sorted.size() / 2),
        sorted.getFirst(),
        sorted.getLast());
  }
}
