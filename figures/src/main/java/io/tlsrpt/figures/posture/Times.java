// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as they stand in findings: {@code 25 Nov 2026 14:02 UTC}. */
public final class Times {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Times() {}

  /** To the minute. */
  public static String at(Instant time) {
    return MINUTE.format(time);
  }

  /** The UTC day. */
  public static String day(Instant time) {
    return DAY.format(time);
  }
}
