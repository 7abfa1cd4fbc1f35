// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Forms of date-times other than RFC 3339 that have one meaning only: what programs print by
 * default. A form in which month and day could be confused is not accepted.
 */
final class DateTimeForms {
  /** No form is longer. */
  private static final int MAX_LENGTH = 80;

  private static final String TIME =
      "(?<h>\\d\\d):?(?<m>\\d\\d)(?::?(?<s>\\d\\d)(?:[.,]\\d{1,9})?)?";

  /** An offset, a name, or an offset and then a name, which adds nothing. */
  private static final String ZONE =
      "\\s?(?:(?<sign>[+-])(?<oh>\\d\\d):?(?<om>[0-5]\\d)?(?:\\s?[\\[(]?[A-Za-z/_]{1,30}[\\])]?)?"
          + "|(?<name>[A-Za-z]{1,3})(?:\\[[A-Za-z/_]{1,30}\\])?)?";

  private static final List<Pattern> FORMS =
      List.of(
          // ISO 8601 with or without punctuation, and Go's, which may end with its own clock.
          form(
              "(?<y>\\d{4})(?<p>[-/.]?)(?<mon>\\d\\d)\\k<p>(?<d>\\d\\d)"
                  + ("(?:[T ]?" + TIME + ")?" + ZONE + "(?: m=.*)?")),
          // RFC 5322.
          form(
              "(?:[A-Za-z]{3,9},? )?(?<d>\\d{1,2})[ -](?<mon>[A-Za-z]{3,9})[ -](?<y>\\d{4}) "
                  + (TIME + ZONE)),
          // date(1) and C's asctime.
          form(
              "(?:[A-Za-z]{3} )?(?<mon>[A-Za-z]{3}) {1,2}(?<d>\\d{1,2}) "
                  + (TIME + ZONE + " (?<y>\\d{4})")));

  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  /** RFC 5322 §4.3; other names of zones mean different things in different places. */
  private static final Map<String, Integer> HOURS_BY_NAME =
      Map.ofEntries(
          Map.entry("z", 0),
          Map.entry("ut", 0),
          Map.entry("utc", 0),
          Map.entry("gmt", 0),
          Map.entry("edt", -4),
          Map.entry("est", -5),
          Map.entry("cdt", -5),
          Map.entry("cst", -6),
          Map.entry("mdt", -6),
          Map.entry("mst", -7),
          Map.entry("pdt", -7),
          Map.entry("pst", -8));

  private static final Pattern EPOCH = Pattern.compile("(?<n>\\d{10,19})(?:\\.\\d{1,9})?");
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  private DateTimeForms() {}

  private static Pattern form(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  /**
   * Reads a date-time that has no blanks around it; one without a zone is in UTC.
   *
   * @param timeOfDay what stands in for the time where there is only a date
   */
  static Optional<Instant> read(String text, LocalTime timeOfDay) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return epoch(text)
        .or(
            () ->
                FORMS.stream()
                    .map(form -> form.matcher(text))
                    .filter(Matcher::matches)
                    .flatMap(parts -> dateTime(parts, timeOfDay).stream())
                    .findFirst());
  }

  /**
   * Seconds, milli-, micro- or nanoseconds since 1970: the unit that gives a time of this century.
   */
  private static Optional<Instant> epoch(String text) {
    Matcher parts = EPOCH.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(parts.group("n"));
      for (long units = 1; units <= 1_000_000_000; units *= 1_000) {
        long seconds = number / units;
        if (seconds >= EARLIEST.getEpochSecond() && seconds < LATEST.getEpochSecond()) {
          return Optional.of(Instant.ofEpochSecond(seconds));
        }
      }
      return Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> dateTime(Matcher parts, LocalTime timeOfDay) {
    try {
      LocalDate date =
          LocalDate.of(number(parts, "y"), month(parts.group("mon")), number(parts, "d"));
      LocalDateTime local = parts.group("h") == null ? date.atTime(timeOfDay) : time(date, parts);
      return offset(parts).map(offset -> OffsetDateTime.of(local, offset).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Matcher parts, String name) {
    return Integer.parseInt(parts.group(name));
  }

  /** The number of a month; 0, which no date has, for a word that is no month in English. */
  private static int month(String written) {
    if (Character.isDigit(written.charAt(0))) {
      return Integer.parseInt(written);
    }
    String word = written.toLowerCase(Locale.ROOT);
    for (int i = 0; i < MONTHS.size(); i++) {
      String name = MONTHS.get(i);
      if (word.equals(name) || word.equals(name.substring(0, 3))) {
        return i + 1;
      }
    }
    return 0;
  }

  /** 24:00 is the end of the day (ISO 8601), and a leap second is part of its minute. */
  private static LocalDateTime time(LocalDate date, Matcher parts) {
    int hour = number(parts, "h");
    int minute = number(parts, "m");
    int second = parts.group("s") == null ? 0 : number(parts, "s");
    boolean endOfDay = hour == 24 && minute == 0 && second == 0;
    return endOfDay
        ? date.plusDays(1).atStartOfDay()
        : date.atTime(hour, minute, second == 60 ? 59 : second);
  }

  private static Optional<ZoneOffset> offset(Matcher parts) {
    if (parts.group("sign") != null) {
      int minutes = parts.group("om") == null ? 0 : number(parts, "om");
      int all = number(parts, "oh") * 60 + minutes;
      return Optional.of(
          ZoneOffset.ofTotalSeconds(60 * (parts.group("sign").equals("-") ? -all : all)));
    }
    return parts.group("name") == null
        ? Optional.of(ZoneOffset.UTC)
        : Optional.ofNullable(HOURS_BY_NAME.get(parts.group("name").toLowerCase(Locale.ROOT)))
            .map(ZoneOffset::ofHours);
  }
}
