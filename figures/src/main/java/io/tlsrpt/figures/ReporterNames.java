// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import io.tlsrpt.report.DomainName;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Interns the names of reporters: thousands of domains have the same few reporters, and each name
 * is held once. A name that nothing else holds is dropped, so that strangers' names do not pile up.
 * Thread-safe.
 */
public final class ReporterNames {
  private static final Map<DomainName, WeakReference<DomainName>> KEPT = new WeakHashMap<>();

  private ReporterNames() {}

  /** Returns the interned equal of a name. */
  public static DomainName intern(DomainName name) {
    synchronized (KEPT) {
      WeakReference<DomainName> known = KEPT.get(name);
      DomainName kept = known == null ? null : known.get();
      if (kept != null) {
        return kept;
      }
      KEPT.put(name, new WeakReference<>(name));
      return name;
    }
  }
}
