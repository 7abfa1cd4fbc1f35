// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;

/** The days between which a kind of failure has been active without a break. */
public record Incident(LocalDate firstDay, LocalDate lastDay) {
  public Incident {
    requireNonNull(firstDay, "firstDay");
    requireNonNull(lastDay, "lastDay");
  }

  static Incident of(LocalDate day) {
    return new Incident(day, day);
  }

  Incident correctedFor(Instant clock) {
    return new Incident(
        ReceiptClock.believed(firstDay, clock), ReceiptClock.believed(lastDay, clock));
  }

  Incident plus(LocalDate day) {
    return new Incident(
        day.isBefore(firstDay) ? day : firstDay, day.isAfter(lastDay) ? day : lastDay);
  }
}
