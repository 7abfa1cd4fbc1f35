// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.imports;

import io.tlsrpt.message.Field;
import io.tlsrpt.message.Header;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** When a mail was received: what our server wrote on top, or else what its sender wrote. */
final class ReceiptDate {
  private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private ReceiptDate() {}

  /** The date of the topmost Received field, or that of Date; empty if neither can be read. */
  static Optional<Instant> of(Header header) {
    return header
        .first("received")
        .map(Field::value)
        .flatMap(value -> read(value.substring(value.lastIndexOf(';') + 1)))
        .or(() -> header.first("date").flatMap(field -> read(field.value())));
  }

  private static Optional<Instant> read(String written) {
    String date = BLANKS.matcher(COMMENT.matcher(written).replaceAll(" ")).replaceAll(" ").strip();
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
