// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.message;

/** What single octets of a mail are. */
final class Octets {
  private Octets() {}

  /** RFC 5234, WSP. */
  static boolean isBlank(byte octet) {
    return octet == ' ' || octet == '\t';
  }

  static boolean isBlankAt(byte[] bytes, int at, int end) {
    return at < end && isBlank(bytes[at]);
  }

  static boolean isLineEnd(byte[] bytes, int at, int end) {
    return at + 1 < end && bytes[at] == '\r' && bytes[at + 1] == '\n';
  }

  /**
   * RFC 5322 §3.6.8, ftext: what a field's name is made of. But no parenthesis: mime4j takes it for
   * the beginning of a comment, and sees another name.
   */
  static boolean isNameCharacter(byte octet) {
    return octet > ' ' && octet < 0x7f && octet != ':' && octet != '(';
  }

  /** Of ASCII letters only: field names do not depend on a language. */
  static byte toLowerCase(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? (byte) (octet + 'a' - 'A') : octet;
  }
}
