// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.jmx;

import io.tlsrpt.benchmarks.Timings;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;

/**
 * The beans of many domains and the same figures by stock Micrometer, each in a process of its own:
 * their heap, and reading all of them. Arguments are numbers of domains. See README.md.
 */
public final class JmxScale {
  private static final AgentConfiguration CONFIGURATION =
      new AgentConfiguration(Path.of("target/scale/agent.yaml"));

  private final HttpClient client = HttpClient.newHttpClient();

  private JmxScale() {}

  /** All numbers, one after the other. */
  public static void main(String[] args) throws Exception {
    JmxScale scale = new JmxScale();
    List<JmxScaleRow> rows = new ArrayList<>();
    for (String domains : args) {
      for (JmxLayout layout : JmxLayout.values()) {
        rows.add(scale.measure(layout, Integer.parseInt(domains)));
        System.err.println(rows.getLast().format());
      }
    }
    System.out.println(JmxScaleRow.HEAD);
    rows.forEach(row -> System.out.println(row.format()));
    System.out.println(JmxScaleRow.RATIOS_HEAD);
    for (int i = 0; i < rows.size(); i += 2) {
      System.out.println(rows.get(i + 1).ratiosTo(rows.get(i)));
    }
  }

  private JmxScaleRow measure(JmxLayout layout, int domains) throws Exception {
    CONFIGURATION.everything(layout);
    try (JmxScaleProcess process = JmxScaleProcess.start(layout, domains, CONFIGURATION.file());
        JMXConnector connector = process.connect()) {
      MBeanServerConnection server = connector.getMBeanServerConnection();
      return new JmxScaleRow(
          layout,
          domains,
          process.all(),
          process.megabytes("heap"),
          process.megabytes("queried"),
          process.read(),
          Timings.of(() -> FullRead.of(server, layout.pattern())),
          scrapes(layout, process.agentPort()),
          process.answer());
    }
  }

  private List<ScrapeTimings> scrapes(JmxLayout layout, int port) throws Exception {
    List<ScrapeTimings> scrapes = new ArrayList<>();
    scrapes.add(scrape(port));
    if (layout == JmxLayout.BEANS) {
      CONFIGURATION.withoutBreakdowns();
      scrapes.add(scrape(port));
    }
    return scrapes;
  }

  private ScrapeTimings scrape(int port) throws Exception {
    Timings timings = Timings.of(() -> Scrape.of(client, port));
    return ScrapeTimings.of(timings, Scrape.of(client, port));
  }
}
