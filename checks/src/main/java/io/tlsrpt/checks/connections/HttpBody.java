// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import io.tlsrpt.checks.words.Words;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Reads a response's body (RFC 9112 §6), whichever way its length is told. For one thread. */
final class HttpBody {
  /** In octets; RFC 8461 §3.3 suggests it to senders. */
  static final int LIMIT = 64 * 1_024;

  /** Of the line before a chunk, extensions included, and of a line behind the last one. */
  private static final int LINE_LIMIT = 1_024;

  private static final int MAX_TRAILERS = 16;
  private static final int HEX = 16;

  private final HostInput in;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  private HttpBody(HostInput in) {
    this.in = in;
  }

  /**
   * The octets of a body.
   *
   * @throws NotReadableException if it is too long, or ends too early
   */
  static byte[] read(HostInput in, HttpHead head) throws IOException {
    HttpBody reader = new HttpBody(in);
    List<String> codings = head.all("transfer-encoding");
    if (!codings.isEmpty()) {
      if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
        throw new NotReadableException(
            "its transfer coding is unknown: " + Words.quoted(String.join(", ", codings)));
      }
      reader.chunks();
    } else if (head.first("content-length").isPresent()) {
      reader.octets(length(head.all("content-length")));
    } else {
      reader.untilEnd();
    }
    return reader.body.toByteArray();
  }

  private static int length(List<String> written) throws NotReadableException {
    String first = written.getFirst();
    if (written.stream().anyMatch(other -> !other.equals(first))) {
      throw new NotReadableException("its response tells two lengths");
    }
    return number(first, 10, "its response tells no length that can be read: ");
  }

  /** Beyond the limit it does not matter how large it is. */
  private static int number(String written, int radix, String fault) throws NotReadableException {
    boolean isNumber =
        !written.isEmpty()
            && written.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0);
    if (!isNumber) {
      throw new NotReadableException(fault + Words.quoted(written));
    }
    long value = 0;
    for (int i = 0; i < written.length() && value <= LIMIT; i++) {
      value = value * radix + Character.digit(written.charAt(i), radix);
    }
    if (value > LIMIT) {
      throw tooLong();
    }
    return (int) value;
  }

  private void chunks() throws IOException {
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      octets(size);
      if (!in.line(LINE_LIMIT).isEmpty()) {
        throw new NotReadableException("a chunk of its response does not end where it should");
      }
    }
    for (int trailers = 0; !in.line(LINE_LIMIT).isEmpty(); trailers++) {
      if (trailers == MAX_TRAILERS) {
        throw new NotReadableException("it sent too much behind its response");
      }
    }
  }

  private int chunkSize() throws IOException {
    String line = in.line(LINE_LIMIT);
    int extension = line.indexOf(';');
    String size = extension < 0 ? line : line.substring(0, extension);
    return number(
        size.strip().toLowerCase(Locale.ROOT), HEX, "a chunk of its response has no size: ");
  }

  private void octets(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      int octet = in.read();
      if (octet < 0) {
        throw new NotReadableException("it ended the connection within its response");
      }
      add(octet);
    }
  }

  private void untilEnd() throws IOException {
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      add(octet);
    }
  }

  private void add(int octet) throws NotReadableException {
    if (body.size() == LIMIT) {
      throw tooLong();
    }
    body.write(octet);
  }

  private static NotReadableException tooLong() {
    return new NotReadableException("its response has more than 64 KiB");
  }
}
