// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.message;

import static io.tlsrpt.message.Octets.isBlankAt;
import static io.tlsrpt.message.Octets.isLineEnd;
import static io.tlsrpt.message.Octets.isNameCharacter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one header, line by line, and finds what other readers may read differently. Some take a
 * line without a colon for a field, or a name across a fold; others end the header at a line of
 * blanks or at a CR alone. Such a line is no field here, and is told as the header's flaw.
 */
final class HeaderReader {
  private final byte[] bytes;
  private final int start;
  private final int end;
  private final HeaderLimits limits;
  private final List<Field> fields = new ArrayList<>(32);
  private int at;
  private int line;
  private boolean withinLimits = true;
  private Optional<String> flaw = Optional.empty();

  HeaderReader(byte[] bytes, int start, int end, HeaderLimits limits) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.limits = limits;
    this.at = start;
  }

  Header read() {
    while (at < end && !isLineEnd(bytes, at, end)) {
      readField();
    }
    return new Header(fields, Math.min(end, at + 2), withinLimits, flaw);
  }

  /** A line and the lines that continue it. */
  private void readField() {
    int first = at;
    readLine();
    int firstEnd = at;
    while (isBlankAt(bytes, next(), end)) {
      at = next();
      if (isLineOfBlanks()) {
        flaw("holds nothing but blanks", line + 1);
      }
      readLine();
    }
    int last = at;
    at = next();
    addField(first, firstEnd, last);
  }

  /** Goes to the line's end. */
  private void readLine() {
    line++;
    while (at < end) {
      byte octet = bytes[at];
      if (octet == '\r') {
        if (isLineEnd(bytes, at, end)) {
          return;
        }
        flaw("holds a CR that ends no line", line);
      } else if (octet == 0) {
        flaw("holds a NUL", line);
      }
      at++;
    }
  }

  private int next() {
    return Math.min(end, at + 2);
  }

  private boolean isLineOfBlanks() {
    int i = at;
    while (isBlankAt(bytes, i, end)) {
      i++;
    }
    return i == end || isLineEnd(bytes, i, end);
  }

  private void addField(int first, int firstEnd, int last) {
    if (last - start > limits.maxLength()) {
      exceed(" octets", limits.maxLength());
    }
    int colon = colon(first, firstEnd);
    if (colon < 0) {
      flaw("or the one that it continues is no header field", line);
    } else if (fields.size() == limits.maxFields()) {
      exceed(" fields", limits.maxFields());
    } else {
      fields.add(new Field(bytes, first, colon, last));
    }
  }

  private void exceed(String ofWhat, int limit) {
    withinLimits = false;
    if (flaw.isEmpty()) {
      flaw = Optional.of("it has more than " + limit + ofWhat);
    }
  }

  /** Where the colon of a field stands, or -1 if the line begins none. */
  private int colon(int first, int firstEnd) {
    int i = first;
    while (i < firstEnd && isNameCharacter(bytes[i])) {
      i++;
    }
    if (i == first) {
      return -1;
    }
    while (isBlankAt(bytes, i, firstEnd)) {
      i++;
    }
    return i < firstEnd && bytes[i] == ':' ? i : -1;
  }

  /** The first one is told: later ones may follow from it, and there may be a million. */
  private void flaw(String what, int ofLine) {
    if (flaw.isEmpty()) {
      flaw = Optional.of("line " + ofLine + " " + what);
    }
  }
}
