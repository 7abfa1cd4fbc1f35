// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A header field where it stands in the octets of a mail (RFC 5322 §2.2), folds included, without
 * its last line end. Immutable as long as nobody changes the octets.
 */
public final class Field {
  private final String name;
  private final byte[] bytes;
  private final int start;
  private final int colon;
  private final int end;

  Field(byte[] bytes, int start, int colon, int end) {
    this.bytes = bytes;
    this.start = start;
    this.colon = colon;
    this.end = end;
    this.name = name(bytes, start, colon);
  }

  private static String name(byte[] bytes, int start, int colon) {
    int end = colon;
    while (Octets.isBlank(bytes[end - 1])) {
      end--;
    }
    byte[] name = new byte[end - start];
    for (int i = 0; i < name.length; i++) {
      name[i] = Octets.toLowerCase(bytes[start + i]);
    }
    return new String(name, ISO_8859_1);
  }

  /** Its name in lower case, without the blanks that obsolete syntax allows before the colon. */
  public String name() {
    return name;
  }

  /** The octets of the whole mail; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where its name begins in {@link #bytes()}. */
  public int start() {
    return start;
  }

  /** Where its colon stands in {@link #bytes()}. */
  public int colon() {
    return colon;
  }

  /** Where its value ends in {@link #bytes()}. */
  public int end() {
    return end;
  }

  /** How many octets it has. */
  public int length() {
    return end - start;
  }

  /** What follows the colon, folds included, as UTF-8; what is none becomes U+FFFD. */
  public String value() {
    return new String(bytes, colon + 1, end - colon - 1, UTF_8);
  }

  /** What follows the colon, folds included, a character for each octet. */
  public String octets() {
    return new String(bytes, colon + 1, end - colon - 1, ISO_8859_1);
  }
}
