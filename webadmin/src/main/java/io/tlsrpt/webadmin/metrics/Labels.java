// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.metrics;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names and values that tell a series from the others of its metric, in the order of the names. */
final class Labels implements Comparable<Labels> {
  static final Labels NONE = new Labels(List.of(), "");

  private final List<Label> inOrder;
  private final byte[] octets;

  /**
   * One of them.
   *
   * @param name is ours, and needs no escaping
   * @param value may be any text
   */
  private record Label(String name, String value) {
    Label {
      requireNonNull(name, "name");
      requireNonNull(value, "value");
    }

    private String text() {
      return name
          + "=\""
          + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
          + '"';
    }
  }

  private Labels(List<Label> inOrder, String text) {
    this.inOrder = inOrder;
    this.octets = text.getBytes(StandardCharsets.UTF_8);
  }

  /** A scrape makes some for each domain, so there is nothing between. */
  static Labels of(String name, String value) {
    Label label = new Label(name, value);
    return new Labels(List.of(label), label.text());
  }

  /** With one more, of another name. */
  Labels and(String name, String value) {
    List<Label> all =
        Stream.concat(inOrder.stream(), Stream.of(new Label(name, value)))
            .sorted(Comparator.comparing(Label::name))
            .toList();
    return new Labels(all, all.stream().map(Label::text).collect(Collectors.joining(",")));
  }

  /** As both formats write them, without the braces around; not to be changed. */
  byte[] octets() {
    return octets;
  }

  /** Whether all names come before those of others. */
  boolean areBefore(Labels others) {
    return inOrder.isEmpty()
        || others.inOrder.isEmpty()
        || inOrder.getLast().name().compareTo(others.inOrder.getFirst().name()) < 0;
  }

  /** By values, since all series of a metric have the same names. */
  @Override
  public int compareTo(Labels other) {
    for (int i = 0; i < Math.min(inOrder.size(), other.inOrder.size()); i++) {
      int order = inOrder.get(i).value().compareTo(other.inOrder.get(i).value());
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(inOrder.size(), other.inOrder.size());
  }
}
