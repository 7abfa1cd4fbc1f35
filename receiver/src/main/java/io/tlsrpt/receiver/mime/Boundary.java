// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * What divides the parts of a multipart (RFC 2046 §5.1.1).
 *
 * @param text empty if the multipart names no boundary; its first line that can be one is taken
 *     then
 */
record Boundary(String text) {
  private static final Boundary UNKNOWN = new Boundary("");

  /** The limit of RFC 2046 §5.1.1. It also bounds the cost of each comparison. */
  private static final int MAX_LENGTH = 70;

  static Boundary of(MediaType multipart) throws TooMuchException {
    String text = multipart.boundary().orElse("");
    if (text.length() > MAX_LENGTH) {
      throw new TooMuchException("a boundary has more than " + MAX_LENGTH + " characters");
    }
    return new Boundary(text);
  }

  boolean isUnknown() {
    return text.isEmpty();
  }

  byte[] octets() {
    return text.getBytes(ISO_8859_1);
  }

  /** The boundary that a line seems to show. A row of dashes is decoration and shows none. */
  static Boundary shownBy(byte[] bytes, int start, int end) {
    boolean decoration = true;
    for (int i = start; i < end; i++) {
      decoration &= bytes[i] == '-';
    }
    return decoration || end - start > MAX_LENGTH
        ? UNKNOWN
        : new Boundary(new String(bytes, start, end - start, ISO_8859_1));
  }
}
