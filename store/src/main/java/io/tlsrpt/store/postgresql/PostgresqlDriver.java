// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** The driver, which is ours alone: it is not in the list of drivers that all of the JVM sees. */
final class PostgresqlDriver {
  private static final Driver DRIVER = unlisted();

  private PostgresqlDriver() {}

  /** The driver lists itself when its class is loaded. */
  private static Driver unlisted() {
    Driver driver = new Driver();
    try {
      if (Driver.isRegistered()) {
        Driver.deregister();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return driver;
  }

  /** The parts of a URL and its parameters; empty if it is malformed or a parameter is unknown. */
  static Optional<Properties> parse(String url) {
    if (!DRIVER.acceptsURL(url)) {
      return Optional.empty();
    }
    return Optional.ofNullable(Driver.parseURL(url, new Properties()))
        .filter(
            parts ->
                parts.stringPropertyNames().stream()
                    .allMatch(name -> PGProperty.forName(name) != null));
  }

  static Connection connect(String url, Properties properties) throws SQLException {
    return requireNonNull(DRIVER.connect(url, properties));
  }
}
