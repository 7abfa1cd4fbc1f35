// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The statements of one connection, each prepared once. For one thread at a time. */
public final class StatementCache {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  /** Prepares statements of a connection, which the caller closes. */
  public StatementCache(Connection connection) {
    this.connection = connection;
  }

  /** A statement to be given its values, from the first one on. */
  public Binder of(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    return new Binder(statement);
  }
}
