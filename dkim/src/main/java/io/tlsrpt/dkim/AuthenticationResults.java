// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An Authentication-Results field (RFC 8601 §2.2).
 *
 * @param authservId identifies the server that states the results
 * @param isWhole whether each quote and each comment has an end
 */
record AuthenticationResults(String authservId, boolean isWhole, List<Result> results) {
  AuthenticationResults {
    requireNonNull(authservId, "authservId");
    results = List.copyOf(results);
  }

  /**
   * What one method came to.
   *
   * @param method in lower case, without its version
   * @param result in lower case
   * @param properties as {@code header.d=example.com}
   */
  record Result(String method, String result, List<Property> properties) {
    Result {
      requireNonNull(method, "method");
      requireNonNull(result, "result");
      properties = List.copyOf(properties);
    }

    Optional<String> property(String name) {
      return properties.stream()
          .filter(property -> property.name().equals(name))
          .map(Property::value)
          .findFirst();
    }
  }

  /**
   * A property of a result.
   *
   * @param name type and property, in lower case: {@code header.d}
   */
  record Property(String name, String value) {}

  /** Parses the value of a field; empty if it is malformed. */
  static Optional<AuthenticationResults> parse(String value) {
    Tokens tokens = new Tokens(value);
    List<List<String>> clauses = tokens.clauses();
    List<String> first = clauses.getFirst();
    // RFC 8601 §2.2: an id and a version. If a server writes no id, a method stands in its place.
    if (first.isEmpty() || isSeparator(first.getFirst()) || first.contains("=")) {
      return Optional.empty();
    }
    List<Result> results = new ArrayList<>();
    for (List<String> clause : clauses.subList(1, clauses.size())) {
      result(clause).ifPresent(results::add);
    }
    return Optional.of(new AuthenticationResults(first.getFirst(), tokens.whole, results));
  }

  /** {@code method [/ version] = result [reason = value] {type . property = value}}. */
  private static Optional<Result> result(List<String> clause) {
    int equals = clause.indexOf("=");
    if (equals < 1 || equals + 1 >= clause.size() || isSeparator(clause.getFirst())) {
      return Optional.empty();
    }
    List<Property> properties = new ArrayList<>();
    int name = equals + 2;
    while (name < clause.size()) {
      int next = clause.subList(name, clause.size()).indexOf("=") + name;
      if (next <= name || next + 1 >= clause.size()) {
        break;
      }
      properties.add(
          new Property(lower(String.join("", clause.subList(name, next))), clause.get(next + 1)));
      name = next + 2;
    }
    return Optional.of(
        new Result(lower(clause.getFirst()), lower(clause.get(equals + 1)), properties));
  }

  private static boolean isSeparator(String token) {
    return token.equals("=") || token.equals("/");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Words, quoted strings and separators; comments are left out (RFC 5322 §3.2.2). */
  private static final class Tokens {
    private final String text;
    private final List<List<String>> clauses = new ArrayList<>(List.of(new ArrayList<>()));
    private final StringBuilder word = new StringBuilder();
    private int at;
    private boolean whole = true;

    Tokens(String text) {
      this.text = text;
    }

    List<List<String>> clauses() {
      while (at < text.length()) {
        char c = text.charAt(at++);
        switch (c) {
          case '(' -> {
            endWord();
            skipComment();
          }
          case '"' -> quoted();
          case ';' -> {
            endWord();
            clauses.add(new ArrayList<>());
          }
          case '=', '/' -> separator(c);
          case ' ', '\t', '\r', '\n' -> endWord();
          default -> word.append(c);
        }
      }
      endWord();
      return clauses;
    }

    /**
     * Handles an equals sign or a slash. Within a value, which follows an equals sign, it is an
     * ordinary character.
     */
    private void separator(char c) {
      List<String> clause = clauses.getLast();
      if (!clause.isEmpty() && clause.getLast().equals("=")) {
        word.append(c);
      } else {
        endWord();
        clause.add(String.valueOf(c));
      }
    }

    private void endWord() {
      if (!word.isEmpty()) {
        clauses.getLast().add(word.toString());
        word.setLength(0);
      }
    }

    private void skipComment() {
      int depth = 1;
      for (; depth > 0 && at < text.length(); at++) {
        switch (text.charAt(at)) {
          case '(' -> depth++;
          case ')' -> depth--;
          case '\\' -> at++;
          default -> {
            // Part of the comment.
          }
        }
      }
      whole &= depth == 0;
    }

    private void quoted() {
      while (at < text.length() && text.charAt(at) != '"') {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        word.append(text.charAt(at++));
      }
      whole &= at < text.length();
      at++;
      if (word.isEmpty()) {
        clauses.getLast().add("");
      }
    }
  }
}
