// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lets a number of bytes pass and refuses the one after them, so that a bomb stops at the limit.
 */
final class LimitedInputStream extends FilterInputStream {
  private final long limit;
  private long passed;

  LimitedInputStream(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    if (b >= 0) {
      count(1);
    }
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    if (n > 0) {
      count(n);
    }
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    long skipped = super.skip(n);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long n) throws IOException {
    passed += n;
    if (passed > limit) {
      throw new UnreadableReportException(
          ParseResult.Reason.REPORT_TOO_LARGE, "more than maxReportSize = " + limit + " bytes");
    }
  }
}
