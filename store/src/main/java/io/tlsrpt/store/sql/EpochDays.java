// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import io.tlsrpt.figures.Interner;
import java.time.LocalDate;

/** Days as the database has them: days since 1970. A million states share a few hundred of them. */
final class EpochDays {
  private static final Interner<LocalDate> INTERNED = new Interner<>();

  private EpochDays() {}

  static LocalDate of(long epochDay) {
    return INTERNED.of(LocalDate.ofEpochDay(epochDay));
  }
}
