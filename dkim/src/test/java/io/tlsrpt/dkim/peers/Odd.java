// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Makes odd pieces of mails at random. */
record Odd(RandomGenerator random) {
  static final String LINE_END = "\r\n";

  private static final String ASCII = "aAbBeEzZ0189.,;:=<>@()[]\"'\\/-_+*%&#!?{}~";

  boolean chance(double of) {
    return random.nextDouble() < of;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** Blanks and tabs, now and then many. */
  String blanks() {
    int length = chance(0.6) ? 1 : chance(0.05) ? 1 + below(80) : 1 + below(4);
    StringBuilder blanks = new StringBuilder();
    for (int i = 0; i < length; i++) {
      blanks.append(chance(0.7) ? ' ' : '\t');
    }
    return blanks.toString();
  }

  /** Folding white space (RFC 6376 §2.8). */
  String fold() {
    return (chance(0.3) ? blanks() : "") + LINE_END + blanks();
  }

  /** White space that may be nothing. */
  String space(double chance) {
    return chance(chance) ? chance(0.6) ? blanks() : fold() : "";
  }

  /** A word of printable characters, and of others as told. */
  String word(Oddities oddities, boolean eightBit) {
    StringBuilder word = new StringBuilder();
    for (int length = 1 + below(9); length > 0; length--) {
      word.append(octet(oddities, eightBit));
    }
    return word.toString();
  }

  /** Never a blank, a line end or NUL. */
  char octet(Oddities oddities, boolean eightBit) {
    if (eightBit && chance(0.3)) {
      return (char) (0x80 + below(0x80));
    }
    if (oddities.controls() && chance(0.1)) {
      return one(List.of('\u0001', '\u000B', '\f', '\u001C', '\u001F', '\u007F'));
    }
    return ASCII.charAt(below(ASCII.length()));
  }

  /** In other case, letter by letter or as a whole. */
  String cased(String name) {
    return switch (below(6)) {
      case 0 -> name.toUpperCase(Locale.ROOT);
      case 1 -> name.toLowerCase(Locale.ROOT);
      case 2 -> {
        StringBuilder cased = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
          char c = name.charAt(i);
          cased.append(chance(0.5) ? Character.toUpperCase(c) : Character.toLowerCase(c));
        }
        yield cased.toString();
      }
      default -> name;
    };
  }

  /** With white space within, as RFC 6376 §3.5 lets the values of b and bh have it. */
  String split(String base64) {
    StringBuilder split = new StringBuilder();
    double chance = this.chance(0.5) ? 0 : 0.05;
    for (int i = 0; i < base64.length(); i++) {
      split.append(i == 0 ? "" : space(chance)).append(base64.charAt(i));
    }
    return split.toString();
  }
}
