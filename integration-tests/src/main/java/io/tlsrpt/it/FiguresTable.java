// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Prints figures for a person. */
final class FiguresTable {
  private static final List<String> COLUMNS = Figures.DOMAIN;
  private static final int FIRST_COLUMN = 14;

  private final PrintStream out;

  FiguresTable(PrintStream out) {
    this.out = out;
  }

  void print(Figures figures) {
    out.println();
    out.println("io.tlsrpt:type=Receiver");
    figures.receiver().forEach((name, value) -> out.printf("  %-20s %s%n", name, value));
    out.println();
    out.println("io.tlsrpt:type=Domain");
    out.print("  " + padded("", FIRST_COLUMN));
    COLUMNS.forEach(column -> out.print("  " + column));
    out.println();
    figures.domains().forEach(this::printDomain);
    out.println();
    out.println("io.tlsrpt:type=Breakdown (items that are not 0)");
    figures.domains().forEach(this::printBreakdown);
    out.println();
    out.flush();
  }

  /** Puts what several nodes show one below the other. */
  void print(NodesFigures figures) {
    out.println();
    out.println("io.tlsrpt:type=Receiver, which each node counts by itself");
    out.print("  " + padded("", FIRST_COLUMN));
    NodesFigures.COUNTERS.forEach(counter -> out.print("  " + counter));
    out.println();
    for (int node = 0; node < figures.nodes().size(); node++) {
      printRow(name(node), NodesFigures.COUNTERS, figures.nodes().get(node).receiver());
    }
    printRow(
        "sum",
        NodesFigures.COUNTERS,
        NodesFigures.COUNTERS.stream()
            .collect(Collectors.toMap(c -> c, c -> String.valueOf(figures.sum(c)))));
    out.println();
    out.println("io.tlsrpt:type=Domain, which is the same on all nodes");
    out.print("  " + padded("", FIRST_COLUMN));
    COLUMNS.forEach(column -> out.print("  " + column));
    out.println();
    for (String domain : domains(figures)) {
      out.println("  " + domain);
      for (int node = 0; node < figures.nodes().size(); node++) {
        printRow(
            name(node),
            COLUMNS,
            figures.nodes().get(node).domains().getOrDefault(domain, Map.of()));
      }
    }
    out.println();
    out.flush();
  }

  private static String name(int node) {
    return "  node " + (node + 1);
  }

  private static Set<String> domains(NodesFigures figures) {
    return figures.nodes().stream()
        .flatMap(node -> node.domains().keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void printDomain(String domain, Map<String, String> values) {
    printRow(domain, COLUMNS, values);
  }

  private void printRow(String name, List<String> columns, Map<String, String> values) {
    out.print("  " + padded(name, FIRST_COLUMN));
    for (String column : columns) {
      String value = values.getOrDefault(column, "");
      out.print("  " + " ".repeat(Math.max(0, column.length() - value.length())) + value);
    }
    out.println();
  }

  private void printBreakdown(String domain, Map<String, String> values) {
    out.println("  " + domain);
    for (String name : Figures.BREAKDOWN) {
      String items = values.getOrDefault(name, "").replaceAll("[{}]", "");
      out.printf("    %-30s  %s%n", name, items.isEmpty() ? "-" : items);
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
