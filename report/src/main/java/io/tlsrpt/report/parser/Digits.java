// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

/** Numbers at fixed places of a text. */
final class Digits {
  private Digits() {}

  /** Whether the text is the pattern, with a digit wherever the pattern has a 0. */
  static boolean match(String text, String pattern) {
    if (text.length() != pattern.length()) {
      return false;
    }
    for (int i = 0; i < pattern.length(); i++) {
      char c = text.charAt(i);
      boolean matches = pattern.charAt(i) == '0' ? c >= '0' && c <= '9' : c == pattern.charAt(i);
      if (!matches) {
        return false;
      }
    }
    return true;
  }

  /** The number that the digits in a range of the text make. */
  static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = 10 * number + (text.charAt(i) - '0');
    }
    return number;
  }
}
