// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.metrics;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Joins texts of a format of Prometheus' to one. Each text in OpenMetrics has a line at its end
 * that says so; of these lines only the last one goes through.
 */
final class EndedOnce extends OutputStream {
  private static final String END = "# EOF\n";

  private final OutputStream out;

  /** The last bytes, which may turn out to be that line. */
  private final byte[] held = new byte[END.length()];

  private int length;

  EndedOnce(OutputStream out) {
    this.out = requireNonNull(out, "out");
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int count) throws IOException {
    int kept = Math.min(held.length - Math.min(count, held.length), length);
    out.write(held, 0, length - kept);
    System.arraycopy(held, length - kept, held, 0, kept);
    int through = Math.max(0, count - held.length);
    out.write(octets, offset, through);
    System.arraycopy(octets, offset + through, held, kept, count - through);
    length = kept + count - through;
  }

  /** A text has ended, and another one follows. */
  void next() {
    if (new String(held, 0, length, StandardCharsets.UTF_8).equals(END)) {
      length = 0;
    }
  }

  /** The last text has ended. */
  void end() throws IOException {
    out.write(held, 0, length);
    length = 0;
    out.flush();
  }
}
