// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import io.tlsrpt.store.Database;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreRules;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.postgresql.PGProperty;

/**
 * A PostgreSQL database, which several servers may share. The tables are in its schema {@code
 * tlsrpt}, which is made if it is missing.
 */
public final class PostgresqlDatabase implements Database {
  /** The allowed forms of a URL, as an administrator reads them. */
  public static final String ALLOWED_URLS =
      "jdbc:postgresql://<host>[:<port>][,<host>[:<port>]…]/<database>, with parameters of pgjdbc"
          + " such as ?sslmode=verify-full after it or without";

  private static final Pattern URL = Pattern.compile("jdbc:postgresql://[^/?]+/[^/?]+(\\?.*)?");

  /** Our choice for parameters that the URL does not set. Times are seconds. */
  private static final Map<PGProperty, String> DEFAULTS =
      Map.of(
          PGProperty.CONNECT_TIMEOUT,
          "5",
          PGProperty.LOGIN_TIMEOUT,
          "10",
          // Longer than any statement may take, so that it ends only what a dead server holds.
          PGProperty.SOCKET_TIMEOUT,
          "20",
          PGProperty.TCP_KEEP_ALIVE,
          "true",
          PGProperty.TARGET_SERVER_TYPE,
          "primary",
          // Details quote the values of reports.
          PGProperty.LOG_SERVER_ERROR_DETAIL,
          "false",
          // Named statements get mixed up behind a pooler in transaction mode.
          PGProperty.PREPARE_THRESHOLD,
          "0");

  private final String url;
  private final Properties parts;
  private final Optional<String> user;
  private final Optional<String> password;

  private PostgresqlDatabase(
      String url, Properties parts, Optional<String> user, Optional<String> password) {
    this.url = url;
    this.parts = parts;
    this.user = user;
    this.password = password;
  }

  /** The database of a URL; empty if it is not one of {@link #ALLOWED_URLS}. */
  public static Optional<PostgresqlDatabase> parse(String url) {
    return URL.matcher(url).matches()
        ? PostgresqlDriver.parse(url)
            .map(parts -> new PostgresqlDatabase(url, parts, Optional.empty(), Optional.empty()))
        : Optional.empty();
  }

  @Override
  public Optional<Database> withLogin(Optional<String> as, Optional<String> by) {
    boolean isClear =
        (as.isEmpty() || !has(PGProperty.USER)) && (by.isEmpty() || !has(PGProperty.PASSWORD));
    return isClear ? Optional.of(new PostgresqlDatabase(url, parts, as, by)) : Optional.empty();
  }

  private boolean has(PGProperty property) {
    return parts.containsKey(property.getName());
  }

  @Override
  public ReportStore open(StoreRules rules, Node node, InstantSource clock) {
    return PostgresqlReportStore.open(
        this, rules, node, clock, new ClockComparison(InstantSource.system()));
  }

  /**
   * Connects, outside of any transaction.
   *
   * @param node the name of this server, as the database's administrator sees it
   */
  Connection connect(String node) throws SQLException {
    Properties properties = new Properties();
    PGProperty.APPLICATION_NAME.set(properties, "tlsrpt " + node);
    // What the URL sets has precedence over these.
    DEFAULTS.forEach((property, value) -> property.set(properties, value));
    user.ifPresent(name -> PGProperty.USER.set(properties, name));
    password.ifPresent(secret -> PGProperty.PASSWORD.set(properties, secret));
    return PostgresqlDriver.connect(url, properties);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PostgresqlDatabase that
        && url.equals(that.url)
        && user.equals(that.user)
        && password.equals(that.password);
  }

  @Override
  public int hashCode() {
    return url.hashCode();
  }

  /** Hosts, ports and the name of the database: nothing of a login. */
  @Override
  public String toString() {
    return "PostgreSQL at %s:%s/%s"
        .formatted(
            parts.getProperty(PGProperty.PG_HOST.getName()),
            parts.getProperty(PGProperty.PG_PORT.getName()),
            parts.getProperty(PGProperty.PG_DBNAME.getName()));
  }
}
