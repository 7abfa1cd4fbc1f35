// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Locale;

/** How often a digest of all domains is sent. */
public enum DigestRhythm {
  OFF(0),
  DAILY(1),
  /** On Mondays. */
  WEEKLY(7);

  private final int days;

  DigestRhythm(int days) {
    this.days = days;
  }

  /** The days that a digest is about. */
  int days() {
    return days;
  }

  boolean isDueOn(LocalDate day) {
    return switch (this) {
      case OFF -> false;
      case DAILY -> true;
      case WEEKLY -> day.getDayOfWeek() == DayOfWeek.MONDAY;
    };
  }

  /** As an administrator writes it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
