// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import static java.util.Objects.requireNonNull;

/** A column that is written. */
public record Column(String name, Type type) {
  /** What a column holds. */
  public enum Type {
    NUMBER,
    TEXT,
    OCTETS
  }

  public Column {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
  }

  public static Column number(String name) {
    return new Column(name, Type.NUMBER);
  }

  public static Column text(String name) {
    return new Column(name, Type.TEXT);
  }

  public static Column octets(String name) {
    return new Column(name, Type.OCTETS);
  }
}
