// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads date-times: those of RFC 3339 (RFC 8460 §4.4) and those that senders write in their place.
 */
final class DateTimes {
  private static final String USUAL = "0000-00-00T00:00:00Z";
  private static final int DATE_LENGTH = "2026-05-01".length();

  private final Deviations.Counter deviations;

  DateTimes(Deviations.Counter deviations) {
    this.deviations = deviations;
  }

  /**
   * Reads a date-time.
   *
   * @param timeOfDay what stands in for the time where there is only a date
   */
  Optional<Instant> read(String written, LocalTime timeOfDay) {
    Optional<Instant> usual = usual(written);
    return usual.isPresent() ? usual : other(written.strip(), timeOfDay);
  }

  private Optional<Instant> other(String written, LocalTime timeOfDay) {
    boolean blank = written.length() > DATE_LENGTH && written.charAt(DATE_LENGTH) == ' ';
    String text =
        blank
            ? written.substring(0, DATE_LENGTH) + 'T' + written.substring(DATE_LENGTH + 1)
            : written;
    Optional<Instant> read = ofRfc3339(text, timeOfDay);
    if (blank && read.isPresent()) {
      deviations.add(Deviation.DATE_TIME_WITH_BLANK);
    }
    return read.or(() -> otherForm(written, timeOfDay));
  }

  private Optional<Instant> ofRfc3339(String text, LocalTime timeOfDay) {
    return withOffset(text).or(withoutOffset(text)).or(date(text, timeOfDay));
  }

  private Optional<Instant> otherForm(String written, LocalTime timeOfDay) {
    Optional<Instant> read = DateTimeForms.read(written, timeOfDay);
    if (read.isPresent()) {
      deviations.add(Deviation.DATE_TIME_FORM);
    }
    return read;
  }

  /**
   * Fast path for the form of nearly all senders, {@code 2026-05-01T00:00:00Z}: java.time's parser
   * would take a tenth of a report's time.
   */
  private static Optional<Instant> usual(String text) {
    if (!Digits.match(text, USUAL)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.of(
                  Digits.number(text, 0, 4),
                  Digits.number(text, 5, 7),
                  Digits.number(text, 8, 10),
                  Digits.number(text, 11, 13),
                  Digits.number(text, 14, 16),
                  Digits.number(text, 17, 19))
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> withOffset(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Supplier<Optional<Instant>> withoutOffset(String text) {
    return () -> {
      try {
        Instant read = LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        deviations.add(Deviation.DATE_TIME_WITHOUT_OFFSET);
        return Optional.of(read);
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    };
  }

  private Supplier<Optional<Instant>> date(String text, LocalTime timeOfDay) {
    return () -> {
      try {
        Instant read = LocalDate.parse(text).atTime(timeOfDay).toInstant(ZoneOffset.UTC);
        deviations.add(Deviation.DATE_WITHOUT_TIME);
        return Optional.of(read);
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    };
  }
}
