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
public final class Binder {
  private final PreparedStatement statement;
  private int count;

  Binder(PreparedStatement statement) {
    this.statement = statement;
  }

  public Binder add(long number) throws SQLException {
    statement.setLong(++count, number);
    return this;
  }

  public Binder add(String text) throws SQLException {
    statement.setString(++count, text);
    return this;
  }

  public Binder add(byte[] bytes) throws SQLException {
    statement.setBytes(++count, bytes);
    return this;
  }

  public Binder add(Instant time) throws SQLException {
    return add(time.toEpochMilli());
  }

  public Binder add(LocalDate day) throws SQLException {
    return add(day.toEpochDay());
  }

  Binder addText(Optional<String> text) throws SQLException {
    return text.isPresent() ? add(text.get()) : addNull(Types.VARCHAR);
  }

  Binder addDay(Optional<LocalDate> day) throws SQLException {
    return day.isPresent() ? add(day.get()) : addNull(Types.INTEGER);
  }

  Binder addNull(int type) throws SQLException {
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
