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

  static Column number(String name) {
    return new Column(name, Type.NUMBER);
  }

  static Column text(String name) {
    return new Column(name, Type.TEXT);
  }

  static Column octets(String name) {
    return new Column(name, Type.OCTETS);
  }
}
