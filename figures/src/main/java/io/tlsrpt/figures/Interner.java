// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import io.tlsrpt.report.DomainName;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Interns values: a few hundred different ones stand in a million states, and each is held once. A
 * value that nothing else holds is dropped, so that what strangers have sent does not pile up.
 * Thread-safe.
 */
public final class Interner<T> {
  /** The names of reporters: thousands of domains have the same few. */
  public static final Interner<DomainName> REPORTERS = new Interner<>();

  private final Map<T, WeakReference<T>> kept = new WeakHashMap<>();

  /** Returns the interned equal of a value, which is the value itself if it is the first one. */
  public synchronized T of(T value) {
    WeakReference<T> known = kept.get(value);
    T interned = known == null ? null : known.get();
    if (interned != null) {
      return interned;
    }
    kept.put(value, new WeakReference<>(value));
    return value;
  }
}
