// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Values of which a few hundred stand in a million states: each is kept once. When there is no
 * place for more, values stay as they come.
 */
final class Shared<T> {
  private static final int MAX_KEPT = 4_000;

  private final Map<T, T> kept = new ConcurrentHashMap<>();

  /** An equal value, the same one each time if there is a place for it. */
  T of(T value) {
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
