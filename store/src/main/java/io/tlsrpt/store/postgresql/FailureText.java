// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Describes failures to the administrator: the server's sentence and its SQLSTATE, and what to do
 * where that is known. Nothing of a report and nothing of a login is in it.
 */
final class FailureText {
  private static final int MAX_LENGTH = 200;

  private FailureText() {}

  static String of(Exception e) {
    if (!(e instanceof SQLException sql)) {
      return e.toString();
    }
    String state = sql.getSQLState() == null ? "" : sql.getSQLState();
    Optional<String> ofLogin = ofLogin(state);
    return ofLogin.orElseGet(() -> withAdvice(state, sentence(sql)))
        + (state.isEmpty() ? "" : " (" + state + ")");
  }

  /** Of these the server's sentence names the user. */
  private static Optional<String> ofLogin(String state) {
    return switch (state) {
      case "28000" -> Optional.of("it refuses the login; its log says why");
      case "28P01" -> Optional.of("it refuses the login: wrong user or password");
      case "53300" -> Optional.of("it takes no further connection");
      default -> Optional.empty();
    };
  }

  private static String withAdvice(String state, String sentence) {
    return advice(state, sentence) + cut(sentence);
  }

  /** The server's detail and the statement's values are left out: they quote reports. */
  private static String sentence(SQLException e) {
    ServerErrorMessage server =
        e instanceof PSQLException ofServer ? ofServer.getServerErrorMessage() : null;
    String sentence = server == null ? e.getMessage() : server.getMessage();
    return oneLine(sentence == null ? e.getClass().getSimpleName() : sentence);
  }

  private static String oneLine(@Nullable String text) {
    return String.valueOf(text).replaceAll("\\s+", " ").strip();
  }

  private static String cut(String text) {
    return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
  }

  private static String advice(String state, String sentence) {
    if (sentence.contains(PGProperty.TARGET_SERVER_TYPE.getName())) {
      return "it is a standby, or read-only: ";
    }
    return switch (state) {
      case "25006" ->
          "it is a standby, or read-only; name the primary, or all hosts with"
              + " targetServerType=primary: ";
      case "3D000" -> "the database does not exist: ";
      case "42501" -> "the user lacks a privilege: ";
      case "53100" -> "its disk is full: ";
      case "55P03" -> "another server holds a domain for too long: ";
      case "57P01", "57P02", "57P03" -> "it is going down or starting: ";
      case "25P03" -> "this server was too slow within a transaction: ";
      case "08001", "08003", "08004", "08006" -> "it cannot be reached: ";
      default -> "";
    };
  }
}
