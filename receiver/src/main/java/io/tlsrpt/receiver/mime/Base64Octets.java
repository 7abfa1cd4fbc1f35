// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import static java.util.Objects.checkFromIndexSize;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Decodes base64 (RFC 2045 §6.8), some kilobytes at a time. The JDK's stream decoder works octet by
 * octet, and its fast decoder takes base64 only, so other characters such as line ends are left out
 * first. Lenient: the padding may be missing, anything may follow it, and a last character that is
 * too few for an octet is ignored.
 */
final class Base64Octets extends InputStream {
  /** In characters; four of them make three octets. */
  private static final int CHUNK = 8_192;

  private static final boolean[] ALPHABET = alphabet();

  private final byte[] bytes;
  private final int end;
  private int at;
  private ByteBuffer decoded = ByteBuffer.allocate(0);

  Base64Octets(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  private static boolean[] alphabet() {
    boolean[] alphabet = new boolean[256];
    String characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    characters.chars().forEach(c -> alphabet[c] = true);
    return alphabet;
  }

  @Override
  public int read() {
    return isAtEnd() ? -1 : decoded.get() & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (isAtEnd()) {
      return -1;
    }
    int count = Math.min(length, decoded.remaining());
    decoded.get(into, offset, count);
    return count;
  }

  private boolean isAtEnd() {
    while (!decoded.hasRemaining() && at < end) {
      decoded = next();
    }
    return !decoded.hasRemaining();
  }

  private ByteBuffer next() {
    byte[] characters = new byte[Math.min(CHUNK, end - at)];
    int count = 0;
    while (at < end && count < characters.length) {
      byte octet = bytes[at++];
      if (ALPHABET[octet & 0xff]) {
        characters[count++] = octet;
      } else if (octet == '=') {
        at = end;
      }
    }
    return Base64.getDecoder().decode(ByteBuffer.wrap(characters, 0, usable(count)));
  }

  private static int usable(int count) {
    return count % 4 == 1 ? count - 1 : count;
  }
}
