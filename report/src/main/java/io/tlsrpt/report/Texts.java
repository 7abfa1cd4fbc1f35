// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

/**
 * Texts of a sender as everybody can keep them. JSON may hold characters that are none by
 * themselves: a NUL, at which databases end a text or refuse it, and half a surrogate pair, which
 * no UTF-8 has. Each store would put something else in their place, so that what is read back would
 * not be what was shown before.
 */
public final class Texts {
  private static final char REPLACEMENT = '\uFFFD';

  private Texts() {}

  /** Whether it can be kept as it is, as nearly all can. */
  public static boolean isSound(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isSound(text, i)) {
        return false;
      }
    }
    return true;
  }

  /** The text with U+FFFD in the place of what cannot be kept. */
  public static String sound(String text) {
    StringBuilder sound = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      if (!isSound(text, i)) {
        sound.setCharAt(i, REPLACEMENT);
      }
    }
    return sound.toString();
  }

  private static boolean isSound(String text, int at) {
    char c = text.charAt(at);
    return c != 0 && (!Character.isSurrogate(c) || isPaired(text, at));
  }

  private static boolean isPaired(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }

  /** The beginning of a text that is too long; a surrogate pair stays whole. */
  public static String cut(String text, int atMost) {
    if (text.length() <= atMost) {
      return text;
    }
    boolean between = Character.isHighSurrogate(text.charAt(atMost - 1));
    return text.substring(0, between ? atMost - 1 : atMost);
  }
}
