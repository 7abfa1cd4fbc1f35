// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Interns days since 1970: up to a million states share the same few hundred days. */
final class Days {
  private static final int MAX_KEPT = 4_000;
  private static final Map<Long, LocalDate> KEPT = new ConcurrentHashMap<>();

  private Days() {}

  static LocalDate of(long epochDay) {
    return KEPT.size() < MAX_KEPT
        ? KEPT.computeIfAbsent(epochDay, LocalDate::ofEpochDay)
        : KEPT.getOrDefault(epochDay, LocalDate.ofEpochDay(epochDay));
  }
}
