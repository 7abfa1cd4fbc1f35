// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

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

  private void printDomain(String domain, Map<String, String> values) {
    out.print("  " + padded(domain, FIRST_COLUMN));
    for (String column : COLUMNS) {
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
