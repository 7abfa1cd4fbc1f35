// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.jmx;

import io.tlsrpt.benchmarks.Timings;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was measured of one layout with a number of domains.
 *
 * @param heap of the beans, in MB
 * @param queried the same after a query that looks at keys of names, which JMX then remembers
 * @param scrapes with everything, and perhaps without the breakdowns
 * @param answer of the pages to the same question, without the agent
 */
record JmxScaleRow(
    JmxLayout layout,
    int domains,
    FullRead all,
    double heap,
    double queried,
    Timings read,
    Timings remote,
    List<ScrapeTimings> scrapes,
    String answer) {
  static final String HEAD =
      """
      | layout | domains | beans | values | heap, MB | queried | read, ms | RMI, ms | calls | scrape, ms | without breakdowns | pages, ms |
      |---|---|---|---|---|---|---|---|---|---|---|---|""";

  static final String RATIOS_HEAD =
      """
      | layout | domains | beans | heap | read | RMI | scrape |
      |---|---|---|---|---|---|---|""";

  String format() {
    return "| %s | %,d | %,d | %,d | %.1f | %.1f | %s | %s | %,d | %s | %s |"
        .formatted(
            layout,
            domains,
            all.beans(),
            all.values(),
            heap,
            queried,
            read,
            remote,
            all.calls(),
            scrapes.stream().map(ScrapeTimings::toString).collect(Collectors.joining(" | "))
                + (scrapes.size() == 1 ? " | –" : ""),
            answer);
  }

  /** How many times as much as another layout with as many domains. */
  String ratiosTo(JmxScaleRow other) {
    return "| %s | %,d | %.1f | %.1f | %.1f | %.1f | %.1f |"
        .formatted(
            layout,
            domains,
            (double) all.beans() / other.all.beans(),
            heap / other.heap,
            read.median() / other.read.median(),
            remote.median() / other.remote.median(),
            scrapes.getFirst().timings().median() / other.scrapes.getFirst().timings().median());
  }
}
