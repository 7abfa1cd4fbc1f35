// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

/**
 * Makes a sender's texts such that every store can keep them unchanged. JSON may hold two
 * characters that a store may not keep: a NUL, at which databases end a text or refuse it, and half
 * a surrogate pair, which UTF-8 cannot encode. Each store would replace them in its own way, so a
 * text read back would differ from the text shown before.
 */
public final class Texts {
  private static final char REPLACEMENT = '\uFFFD';

  private Texts() {}

  /** Whether every store can keep the text unchanged, as is true of nearly all texts. */
  public static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isStorable(text, i)) {
        return false;
      }
    }
    return true;
  }

  /** The text with U+FFFD in the place of what cannot be kept. */
  public static String sound(String text) {
    StringBuilder sound = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      if (!isStorable(text, i)) {
        sound.setCharAt(i, REPLACEMENT);
      }
    }
    return sound.toString();
  }

  private static boolean isStorable(String text, int at) {
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
