// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.mime;

import java.util.Arrays;

/** An open multipart. Decides what a line that begins with {@code --} means to it. */
final class Level {
  /** Empty until a line shows it, if the multipart names none. */
  private byte[] boundary;

  private boolean closed;

  Level(Boundary boundary) {
    this.boundary = boundary.octets();
  }

  /** What a line means to a multipart (RFC 2046 §5.1.1). */
  enum Line {
    /** Part of something else. */
    OTHER,
    /** The beginning of a part. */
    DELIMITER,
    /** The end of the multipart. */
    CLOSE_DELIMITER
  }

  /**
   * Looks at a line.
   *
   * @param start behind its first two dashes
   * @param end before the blanks at its end
   */
  Line look(byte[] bytes, int start, int end) {
    if (closed) {
      return Line.OTHER;
    }
    if (boundary.length == 0) {
      Boundary shown = Boundary.shownBy(bytes, start, end);
      if (shown.isUnknown()) {
        // Returns before it allocates: a hostile body may have millions of such lines.
        return Line.OTHER;
      }
      boundary = shown.octets();
    }
    int rest = end - start - boundary.length;
    if (rest < 0 || !Arrays.equals(bytes, start, end - rest, boundary, 0, boundary.length)) {
      return Line.OTHER;
    }
    if (rest == 0) {
      return Line.DELIMITER;
    }
    closed = rest == 2 && bytes[end - 1] == '-' && bytes[end - 2] == '-';
    return closed ? Line.CLOSE_DELIMITER : Line.OTHER;
  }
}
