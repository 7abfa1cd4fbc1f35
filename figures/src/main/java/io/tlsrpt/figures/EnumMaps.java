// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Copies for records: in the order of the enum, small, and never changed again. */
public final class EnumMaps {
  private EnumMaps() {}

  public static <K extends Enum<K>, V> Map<K, V> copyOf(Class<K> type, Map<K, V> map) {
    EnumMap<K, V> copy = new EnumMap<>(type);
    copy.putAll(map);
    return Collections.unmodifiableMap(copy);
  }

  /** The counts, one more for each of some keys. */
  public static <K extends Enum<K>> Map<K, Long> incremented(
      Class<K> type, Map<K, Long> counts, Set<K> keys) {
    EnumMap<K, Long> more = new EnumMap<>(type);
    more.putAll(counts);
    keys.forEach(key -> more.merge(key, 1L, Long::sum));
    return more;
  }
}
