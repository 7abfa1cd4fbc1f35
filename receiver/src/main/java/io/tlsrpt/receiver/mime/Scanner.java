// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

/** Goes through the value of a structured field once (RFC 2045 §5.1, RFC 5322 §3.2). */
final class Scanner {
  private final String text;
  private int at;
  private boolean wellFormed = true;

  Scanner(String text) {
    this.text = text;
  }

  boolean isAtEnd() {
    return at == text.length();
  }

  /** Whether each quote and each comment so far had an end. */
  boolean isWellFormed() {
    return wellFormed;
  }

  /** The next character; not at the end. */
  char peek() {
    return text.charAt(at);
  }

  /** Passes a character if it is the next. */
  boolean take(char c) {
    boolean there = !isAtEnd() && peek() == c;
    if (there) {
      at++;
    }
    return there;
  }

  /** Passes blanks, folds and comments. */
  void skipBlanks() {
    while (!isAtEnd()) {
      if (isBlank(peek())) {
        at++;
      } else if (peek() == '(') {
        skipComment();
      } else {
        return;
      }
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private void skipComment() {
    int depth = 0;
    do {
      switch (text.charAt(at++)) {
        case '(' -> depth++;
        case ')' -> depth--;
        case '\\' -> at = Math.min(text.length(), at + 1);
        default -> {
          // Part of the comment.
        }
      }
    } while (depth > 0 && !isAtEnd());
    wellFormed &= depth == 0;
  }

  /** Reads up to a blank, a comment, or one of the stops. */
  String upTo(String stops) {
    int start = at;
    while (!isAtEnd() && !isBlank(peek()) && peek() != '(' && stops.indexOf(peek()) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Reads the quoted string that begins here; gives it without its quotes. */
  String quoted() {
    StringBuilder value = new StringBuilder();
    at++;
    while (!isAtEnd() && peek() != '"') {
      if (peek() == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    wellFormed &= take('"');
    return value.toString();
  }
}
