// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A row that is being made, column by column. Times are milliseconds and days are days since 1970.
 */
public interface Row {
  Row add(long number) throws SQLException;

  Row add(String text) throws SQLException;

  Row add(byte[] octets) throws SQLException;

  Row addNull() throws SQLException;

  default Row add(Instant time) throws SQLException {
    return add(time.toEpochMilli());
  }

  default Row add(LocalDate day) throws SQLException {
    return add(day.toEpochDay());
  }

  default Row addText(Optional<String> text) throws SQLException {
    return text.isPresent() ? add(text.get()) : addNull();
  }

  default Row addDay(Optional<LocalDate> day) throws SQLException {
    return day.isPresent() ? add(day.get()) : addNull();
  }

  /** Ends the row; it is written now, or together with others. */
  void write() throws SQLException;
}
