// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Sets the values of a statement, one after the other. Times become milliseconds and days become
 * days since 1970.
 */
public final class Binder implements Row {
  private final PreparedStatement statement;
  private int count;

  Binder(PreparedStatement statement) {
    this.statement = statement;
  }

  @Override
  public Binder add(long number) throws SQLException {
    statement.setLong(++count, number);
    return this;
  }

  @Override
  public Binder add(String text) throws SQLException {
    statement.setString(++count, text);
    return this;
  }

  @Override
  public Binder add(byte[] octets) throws SQLException {
    statement.setBytes(++count, octets);
    return this;
  }

  @Override
  public Binder add(Instant time) throws SQLException {
    return add(time.toEpochMilli());
  }

  @Override
  public Binder add(LocalDate day) throws SQLException {
    return add(day.toEpochDay());
  }

  @Override
  public Binder addNull() throws SQLException {
    statement.setNull(++count, Types.NULL);
    return this;
  }

  @Override
  public void write() throws SQLException {
    update();
  }

  /** How many rows it changed. */
  public int update() throws SQLException {
    return statement.executeUpdate();
  }

  public ResultSet query() throws SQLException {
    return statement.executeQuery();
  }
}
