// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import org.jspecify.annotations.Nullable;

/**
 * A value of several items, each with a name and a description of its own.
 *
 * @param <T> what its items are read from
 */
final class Composite<T> {
  private final CompositeType type;
  private final List<Attribute<T>> items;

  Composite(String typeName, String description, List<Attribute<T>> items) {
    this.items = List.copyOf(items);
    try {
      this.type =
          new CompositeType(
              typeName,
              description,
              items.stream().map(Attribute::name).toArray(String[]::new),
              items.stream().map(Attribute::description).toArray(String[]::new),
              items.stream().map(Attribute::type).toArray(OpenType<?>[]::new));
    } catch (OpenDataException e) {
      throw new IllegalArgumentException(typeName, e);
    }
  }

  /** The type of an array of them. */
  OpenType<?> arrayType() {
    try {
      return new ArrayType<CompositeData[]>(1, type);
    } catch (OpenDataException e) {
      throw new IllegalStateException(type.getTypeName(), e);
    }
  }

  CompositeData of(T from) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Attribute<T> item : items) {
      values.put(item.name(), item.reader().apply(from));
    }
    try {
      return new CompositeDataSupport(type, values);
    } catch (OpenDataException e) {
      throw new IllegalStateException(type.getTypeName(), e);
    }
  }
}
