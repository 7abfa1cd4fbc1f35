// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.nio.charset.StandardCharsets;

/** Mails as octets. A test writes them as texts, in which each character stands for one octet. */
public final class Octets {
  private Octets() {}

  /** The octets of a text, its lines ended by CRLF. */
  public static byte[] of(String text) {
    return text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The octets of a text that the sender wrote in UTF-8, one character each. */
  static String utf8(String text) {
    return text(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}
