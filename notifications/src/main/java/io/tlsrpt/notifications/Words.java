// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Numbers, days and lists as people write them. */
final class Words {
  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter LONG =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm 'UTC'", Locale.ENGLISH);

  private Words() {}

  static String shortDay(LocalDate day) {
    return SHORT.format(day);
  }

  static String day(LocalDate day) {
    return LONG.format(day);
  }

  static String time(Instant time) {
    return TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  /** Such as {@code 1,240 sessions}, or {@code 1 session}. */
  static String count(long number, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
  }

  /** The first of them, and how many there are besides. */
  static String some(List<String> names, int most) {
    if (names.size() > most) {
      return String.join(", ", names.subList(0, most))
          + String.format(Locale.ROOT, " and %,d more", names.size() - most);
    }
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
