// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

/**
 * What a sender wrote, made safe to be shown as a line of text: nothing in it can be taken for
 * markup (Swing draws a text that begins with {@code <html>} as a page, and fetches its pictures),
 * for the end of a line or for a change of direction.
 */
public final class PlainText {
  private static final int MAX_LENGTH = 255;

  private PlainText() {}

  /** At most {@value #MAX_LENGTH} characters of it; those that could do harm as {@code \\u003c}. */
  public static String of(String written) {
    return of(written, MAX_LENGTH);
  }

  public static String of(String written, int maxLength) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < written.length(); ) {
      int character = written.codePointAt(i);
      String shown = shown(character);
      if (text.length() + shown.length() > maxLength) {
        return text.append('…').toString();
      }
      text.append(shown);
      i += Character.charCount(character);
    }
    return text.toString();
  }

  private static String shown(int character) {
    return isHarmless(character)
        ? Character.toString(character)
        : String.format("\\u%04x", character);
  }

  private static boolean isHarmless(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> character != '<';
    };
  }
}
