// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.jmx;

import io.tlsrpt.benchmarks.Timings;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;

/**
 * The beans of many domains, without checks and with them, and the same figures by stock
 * Micrometer, each in a process of its own: their heap, and reading all of them. Arguments: numbers
 * of domains; and the layouts, if not all are to be measured. See README.md.
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
    for (String domains : Arrays.stream(args).filter(JmxScale::isNumber).toList()) {
      for (JmxLayout layout : layouts(args)) {
        rows.add(scale.measure(layout, Integer.parseInt(domains)));
        System.err.println(rows.getLast().format());
      }
    }
    System.out.println(JmxScaleRow.HEAD);
    rows.forEach(row -> System.out.println(row.format()));
    System.out.println(JmxScaleRow.RATIOS_HEAD);
    JmxScaleRow beans = rows.getFirst();
    for (JmxScaleRow row : rows) {
      if (row.layout() == JmxLayout.BEANS) {
        beans = row;
      } else {
        System.out.println(row.ratiosTo(beans));
      }
    }
  }

  private static List<JmxLayout> layouts(String[] args) {
    List<JmxLayout> named =
        Arrays.stream(args).filter(arg -> !isNumber(arg)).map(JmxLayout::parse).toList();
    return named.isEmpty() ? List.of(JmxLayout.values()) : named;
  }

  private static boolean isNumber(String argument) {
    return argument.chars().allMatch(Character::isDigit);
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
    if (layout != JmxLayout.MICROMETER) {
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
