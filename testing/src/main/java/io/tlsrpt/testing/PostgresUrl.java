// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.Driver;

/**
 * A JDBC URL of PostgreSQL, in its parts.
 *
 * @param server all before the name of the database
 * @param parameters all behind it
 */
record PostgresUrl(String server, String database, String parameters) {
  private static final Pattern PARTS =
      Pattern.compile("(?<server>jdbc:postgresql://[^/?]*/)(?<database>[^?]*)(\\?(?<rest>.*))?");

  static PostgresUrl parse(String url) {
    Matcher parts = PARTS.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no URL of a PostgreSQL server");
    }
    String rest = parts.group("rest");
    return new PostgresUrl(
        parts.group("server"), parts.group("database"), rest == null ? "" : rest);
  }

  /** The same server's database of that name. */
  PostgresUrl withDatabase(String name) {
    return new PostgresUrl(server, name, parameters);
  }

  /** The same for another user. */
  PostgresUrl withUser(String user, String password) {
    String others = withoutUser().parameters();
    return new PostgresUrl(
        server,
        database,
        "user=%s&password=%s%s".formatted(user, password, others.isEmpty() ? "" : "&" + others));
  }

  /** The same without a user and a password. */
  PostgresUrl withoutUser() {
    return new PostgresUrl(
        server,
        database,
        parameters.replaceAll("(^|&)(user|password)=[^&]*", "").replaceFirst("^&", ""));
  }

  Connection connect() throws SQLException {
    return requireNonNull(new Driver().connect(toString(), new Properties()));
  }

  @Override
  public String toString() {
    return server + database + (parameters.isEmpty() ? "" : "?" + parameters);
  }
}
