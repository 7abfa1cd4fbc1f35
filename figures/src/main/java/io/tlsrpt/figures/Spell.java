// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;

/** The days between which a kind of failure has been active without a break. */
public record Spell(LocalDate firstDay, LocalDate lastDay) {
  public Spell {
    requireNonNull(firstDay, "firstDay");
    requireNonNull(lastDay, "lastDay");
  }

  static Spell of(LocalDate day) {
    return new Spell(day, day);
  }

  Spell believedAt(Instant clock) {
    return new Spell(ReceiptClock.believed(firstDay, clock), ReceiptClock.believed(lastDay, clock));
  }

  Spell plus(LocalDate day) {
    return new Spell(day.isBefore(firstDay) ? day : firstDay, day.isAfter(lastDay) ? day : lastDay);
  }
}
