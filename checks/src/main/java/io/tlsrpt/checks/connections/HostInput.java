// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a host sends, as lines and octets within limits. For one thread. */
final class HostInput {
  private static final int BUFFER_SIZE = 4_096;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_SIZE];
  private int position;
  private int end;

  HostInput(InputStream in) {
    this.in = in;
  }

  /** Whether there is something that was received but not read: said before its turn. */
  boolean hasMore() {
    return position < end;
  }

  /** The next octet, or -1 at the end. */
  int read() throws IOException {
    if (position == end) {
      int count = in.read(buffer);
      if (count <= 0) {
        return -1;
      }
      position = 0;
      end = count;
    }
    return buffer[position++] & 0xff;
  }

  /**
   * A line without its end, which may be CRLF or LF; an octet each character.
   *
   * @param limit octets with the line's end
   * @throws NotReadableException if it is longer, or the connection ends within it
   */
  String line(int limit) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = read(); octet != '\n'; octet = read()) {
      if (octet < 0) {
        throw new NotReadableException("it ended the connection");
      }
      line.write(octet);
      if (line.size() >= limit) {
        throw new NotReadableException("it sent a line of more than " + limit + " octets");
      }
    }
    String text = line.toString(ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
