// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Interns values: a few hundred different ones stand in a million states, and each is held once.
 * When 4,000 values are held, further ones are returned as they are. Thread-safe.
 */
public final class Interner<T> {
  private static final int MAX_KEPT = 4_000;

  private final Map<T, T> kept = new ConcurrentHashMap<>();

  /**
   * Returns the interned equal of a value, or the value itself if there is no room for another one.
   */
  public T of(T value) {
    T known = kept.get(value);
    if (known != null) {
      return known;
    }
    if (kept.size() < MAX_KEPT) {
      kept.put(value, value);
    }
    return value;
  }
}
