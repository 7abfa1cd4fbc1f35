// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;

/**
 * The items of a breakdown: a composite of counts in which every item is always present. A
 * composite and not a map: JConsole shows it as one list, and an exporter walks it item by item.
 *
 * @param <K> the keys of the items, a closed list
 */
final class CountsByKey<K> {
  private final CompositeType type;
  private final List<K> keys;
  private final Function<K, String> name;

  private CountsByKey(CompositeType type, List<K> keys, Function<K, String> name) {
    this.type = type;
    this.keys = keys;
    this.name = name;
  }

  static <K> CountsByKey<K> of(
      String typeName, String description, K[] keys, Function<K, String> name) {
    String[] names = Arrays.stream(keys).map(name).toArray(String[]::new);
    OpenType<?>[] types = new OpenType<?>[names.length];
    Arrays.fill(types, SimpleType.LONG);
    try {
      CompositeType type = new CompositeType(typeName, description, names, names, types);
      return new CountsByKey<>(type, List.of(keys), name);
    } catch (OpenDataException e) {
      throw new IllegalArgumentException(typeName, e);
    }
  }

  CompositeType type() {
    return type;
  }

  CompositeData counts(ToLongFunction<K> count) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (K key : keys) {
      values.put(name.apply(key), count.applyAsLong(key));
    }
    try {
      return new CompositeDataSupport(type, values);
    } catch (OpenDataException e) {
      throw new IllegalStateException(type.getTypeName(), e);
    }
  }
}
