// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table as RFC 4180 has it.
 *
 * @param name of the file, without its ending
 * @param header the names of the columns
 * @param rows of cells, as many as there are columns
 */
public record Csv(String name, List<String> header, List<List<String>> rows) {
  private static final String LINE_END = "\r\n";

  public Csv {
    requireNonNull(name, "name");
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  public String text() {
    StringBuilder text = new StringBuilder(line(header));
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", LINE_END));
  }

  /**
   * A cell, quoted if it must be. What a spreadsheet would take for a formula gets an apostrophe
   * before it, since a sender may have written it.
   */
  private static String cell(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean needsQuotes =
        safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return needsQuotes ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
