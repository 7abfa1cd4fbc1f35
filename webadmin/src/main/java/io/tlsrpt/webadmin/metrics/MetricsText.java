// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.metrics;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a text whose parts are octets already. Nothing is made for a series but the text of a
 * number that is neither small nor whole. For one thread.
 */
final class MetricsText {
  private static final int BUFFER = 8 * 1024;

  /** From here on Java writes a number with an exponent. */
  private static final double FIRST_WITH_EXPONENT = 1e7;

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];
  private int length;

  MetricsText(OutputStream out) {
    this.out = requireNonNull(out, "out");
  }

  MetricsText octet(char ascii) throws IOException {
    if (length == buffer.length) {
      send();
    }
    buffer[length++] = (byte) ascii;
    return this;
  }

  MetricsText octets(byte[] octets) throws IOException {
    if (octets.length > buffer.length - length) {
      send();
    }
    if (octets.length > buffer.length) {
      out.write(octets);
    } else {
      System.arraycopy(octets, 0, buffer, length, octets.length);
      length += octets.length;
    }
    return this;
  }

  /** Writes a finite number as {@link Double#toString} does. */
  MetricsText number(double value) throws IOException {
    long whole = (long) value;
    boolean isPlain = whole == value && whole > 0 && value < FIRST_WITH_EXPONENT;
    return isPlain || Double.doubleToRawLongBits(value) == 0
        ? digits(whole).octet('.').octet('0')
        : ascii(Double.toString(value));
  }

  private MetricsText digits(long whole) throws IOException {
    long unit = 1;
    while (whole / unit >= 10) {
      unit *= 10;
    }
    for (; unit > 0; unit /= 10) {
      octet((char) ('0' + whole / unit % 10));
    }
    return this;
  }

  private MetricsText ascii(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      octet(text.charAt(i));
    }
    return this;
  }

  /** Sends what has been written. */
  void flush() throws IOException {
    send();
    out.flush();
  }

  private void send() throws IOException {
    out.write(buffer, 0, length);
    length = 0;
  }
}
