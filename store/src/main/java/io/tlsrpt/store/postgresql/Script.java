// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.store.sql.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several statements that go to the server in one trip. Each begins when the one before has ended,
 * so at READ COMMITTED each sees what was committed before it began. For one thread at a time.
 */
final class Script implements AutoCloseable {
  private final Connection connection;
  private final StringBuilder text = new StringBuilder();
  private final List<Object> values = new ArrayList<>();
  private @Nullable PreparedStatement statement;
  private boolean beginsWithRows;
  private boolean isBegun;

  Script(Connection connection) {
    this.connection = connection;
  }

  /** Adds a statement, whose parameters are added next. */
  Script add(String sql) {
    text.append(text.isEmpty() ? "" : ";\n").append(sql);
    return this;
  }

  Script value(long number) {
    values.add(number);
    return this;
  }

  Script value(String text) {
    values.add(text);
    return this;
  }

  Script numbers(Collection<Long> numbers) throws SQLException {
    return array(Column.Type.NUMBER, numbers);
  }

  Script texts(Collection<String> texts) throws SQLException {
    return array(Column.Type.TEXT, texts);
  }

  /** Adds a parameter that is an array. */
  Script array(Column.Type type, Collection<? extends @Nullable Object> elements)
      throws SQLException {
    Object[] array =
        switch (type) {
          case NUMBER -> elements.toArray(new Long[0]);
          case TEXT -> elements.toArray(new String[0]);
          // The driver refuses an Object[] for octets.
          case OCTETS -> elements.toArray(new byte[0][]);
        };
    values.add(connection.createArrayOf(typeName(type), array));
    return this;
  }

  static String typeName(Column.Type type) {
    return switch (type) {
      case NUMBER -> "bigint";
      case TEXT -> "text";
      case OCTETS -> "bytea";
    };
  }

  /** Sends all statements. Their results follow in order. */
  Script run() throws SQLException {
    PreparedStatement sent = connection.prepareStatement(text.toString());
    statement = sent;
    for (int i = 0; i < values.size(); i++) {
      sent.setObject(i + 1, values.get(i));
    }
    beginsWithRows = sent.execute();
    return this;
  }

  /** The rows of the next statement that gives rows; valid until the next call. */
  ResultSet rows() throws SQLException {
    boolean isRows = next();
    while (!isRows) {
      if (sent().getUpdateCount() < 0) {
        throw new IllegalStateException("no further statement gives rows");
      }
      isRows = next();
    }
    return requireNonNull(sent().getResultSet());
  }

  /** How many rows the last statement changed. */
  int updated() throws SQLException {
    int last = 0;
    for (boolean isRows = next(); isRows || sent().getUpdateCount() >= 0; isRows = next()) {
      last = isRows ? 0 : sent().getUpdateCount();
    }
    return last;
  }

  /** Goes to the next result; whether it is rows. */
  private boolean next() throws SQLException {
    boolean isRows = isBegun ? sent().getMoreResults() : beginsWithRows;
    isBegun = true;
    return isRows;
  }

  private PreparedStatement sent() {
    return requireNonNull(statement, "not run");
  }

  @Override
  public void close() throws SQLException {
    if (statement != null) {
      statement.close();
    }
  }
}
