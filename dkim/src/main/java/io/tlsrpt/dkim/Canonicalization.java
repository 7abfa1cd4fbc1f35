// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import io.tlsrpt.message.Field;
import java.util.Locale;
import java.util.Optional;

/**
 * The canonicalization of header and body (RFC 6376 §3.4). It works on octets, whatever their
 * charset, and takes linear time.
 */
enum Canonicalization {
  /** RFC 6376 §3.4.1 and §3.4.3: as they are, without empty lines at the end of the body. */
  SIMPLE {
    @Override
    void field(Field field, int cutFrom, int cutTo, ByteSink out) {
      out.write(field.bytes(), field.start(), cutFrom);
      out.write(field.bytes(), cutTo, field.end());
    }

    @Override
    void body(byte[] bytes, int start, int size, ByteSink out) {
      int end = size;
      while (end - 2 >= start && bytes[end - 2] == '\r' && bytes[end - 1] == '\n') {
        end -= 2;
      }
      out.write(bytes, start, end);
      out.lineEnd();
    }
  },

  /**
   * RFC 6376 §3.4.2 and §3.4.4: a run of blanks becomes one space, and blanks at the end of a line
   * are removed.
   */
  RELAXED {
    @Override
    void field(Field field, int cutFrom, int cutTo, ByteSink out) {
      for (int i = 0; i < field.name().length(); i++) {
        out.write((byte) field.name().charAt(i));
      }
      out.write((byte) ':');
      Blanks value = new Blanks(out);
      value.unfolded(field.bytes(), field.colon() + 1, Math.max(cutFrom, field.colon() + 1));
      value.unfolded(field.bytes(), Math.max(cutTo, field.colon() + 1), field.end());
    }

    @Override
    void body(byte[] bytes, int start, int size, ByteSink out) {
      new Lines(out).body(bytes, start, size);
    }
  };

  static Optional<Canonicalization> parse(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "simple" -> Optional.of(SIMPLE);
      case "relaxed" -> Optional.of(RELAXED);
      default -> Optional.empty();
    };
  }

  /** Writes a header field without its last line end. */
  final void field(Field field, ByteSink out) {
    field(field, field.end(), field.end(), out);
  }

  /**
   * Writes a header field without its last line end, leaving out part of its value.
   *
   * @param cutFrom where in the octets of the field that part begins
   * @param cutTo where it ends
   */
  abstract void field(Field field, int cutFrom, int cutTo, ByteSink out);

  /**
   * Writes a body.
   *
   * @param bytes lines end in CRLF
   * @param start where the body begins
   * @param size where it ends
   */
  abstract void body(byte[] bytes, int start, int size, ByteSink out);

  private static boolean isBlank(byte octet) {
    return octet == ' ' || octet == '\t';
  }

  /** A value on its way into relaxed form, perhaps in pieces. */
  private static final class Blanks {
    private final ByteSink out;
    private boolean begun;
    private boolean pending;

    Blanks(ByteSink out) {
      this.out = out;
    }

    void unfolded(byte[] bytes, int start, int end) {
      for (int i = start; i < end; i++) {
        byte octet = bytes[i];
        if (isBlank(octet)) {
          pending = begun;
        } else if (octet != '\r' && octet != '\n') {
          if (pending) {
            out.write((byte) ' ');
            pending = false;
          }
          begun = true;
          out.write(octet);
        }
      }
    }
  }

  /** A body on its way into relaxed form: blanks and line ends are written when more follows. */
  private static final class Lines {
    private final ByteSink out;
    private int lineEnds;
    private boolean blank;
    private boolean begun;

    Lines(ByteSink out) {
      this.out = out;
    }

    void body(byte[] bytes, int start, int size) {
      int at = start;
      while (at < size) {
        byte octet = bytes[at];
        if (isBlank(octet)) {
          blank = true;
          at++;
        } else if (octet == '\r' && at + 1 < size && bytes[at + 1] == '\n') {
          blank = false;
          lineEnds++;
          at += 2;
        } else {
          at = text(bytes, at, size);
        }
      }
      if (begun) {
        out.lineEnd();
      }
    }

    /** Octets up to the next blank or CR; the first one whatever it is. */
    private int text(byte[] bytes, int start, int size) {
      for (; lineEnds > 0; lineEnds--) {
        out.lineEnd();
      }
      if (blank) {
        out.write((byte) ' ');
        blank = false;
      }
      begun = true;
      int end = start + 1;
      while (end < size && bytes[end] != ' ' && bytes[end] != '\t' && bytes[end] != '\r') {
        end++;
      }
      out.write(bytes, start, end);
      return end;
    }
  }
}
