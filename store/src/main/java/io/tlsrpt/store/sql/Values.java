// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Sets the values of a statement, one after the other. Times become milliseconds and days become
 * days since 1970.
 */
public final class Values {
  private final PreparedStatement statement;
  private int count;

  Values(PreparedStatement statement) {
    this.statement = statement;
  }

  public Values add(long number) throws SQLException {
    statement.setLong(++count, number);
    return this;
  }

  public Values add(String text) throws SQLException {
    statement.setString(++count, text);
    return this;
  }

  public Values add(byte[] bytes) throws SQLException {
    statement.setBytes(++count, bytes);
    return this;
  }

  public Values add(Instant time) throws SQLException {
    return add(time.toEpochMilli());
  }

  public Values add(LocalDate day) throws SQLException {
    return add(day.toEpochDay());
  }

  Values addText(Optional<String> text) throws SQLException {
    return text.isPresent() ? add(text.get()) : addNull(Types.VARCHAR);
  }

  Values addDay(Optional<LocalDate> day) throws SQLException {
    return day.isPresent() ? add(day.get()) : addNull(Types.INTEGER);
  }

  Values addNull(int type) throws SQLException {
    statement.setNull(++count, type);
    return this;
  }

  /** How many rows it changed. */
  int update() throws SQLException {
    return statement.executeUpdate();
  }

  public ResultSet query() throws SQLException {
    return statement.executeQuery();
  }
}
