// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import io.tlsrpt.report.SizeLimit;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lets a number of bytes pass and refuses the one after them, so that a bomb stops at the limit.
 * The first ones can be looked at before they are read.
 */
final class LimitedInputStream extends InputStream {
  private final InputStream in;
  private final SizeLimit limit;
  private final byte[] ahead;
  private long passed;
  private int from;
  private int to;

  /**
   * Limits a stream.
   *
   * @param lookAhead how many bytes are asked for at once when the first ones are looked at
   */
  LimitedInputStream(InputStream in, SizeLimit limit, int lookAhead) {
    this.in = in;
    this.limit = limit;
    this.ahead = new byte[lookAhead];
  }

  /**
   * Whether these bytes come first, or next after what was skipped. Not to be asked after anything
   * was read.
   */
  boolean startsWith(int... magic) throws IOException {
    while (to - from < magic.length) {
      int n = in.read(ahead, to, ahead.length - to);
      if (n < 0) {
        return false;
      }
      to += n;
      count(n);
    }
    for (int i = 0; i < magic.length; i++) {
      if ((ahead[from + i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (from < to) {
      int n = Math.min(length, to - from);
      System.arraycopy(ahead, from, buffer, offset, n);
      from += n;
      return n;
    }
    int n = in.read(buffer, offset, length);
    if (n > 0) {
      count(n);
    }
    return n;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void count(int n) throws IOException {
    passed += n;
    limit.check(passed);
  }

  /** How many bytes have passed. */
  long passed() {
    return passed;
  }
}
