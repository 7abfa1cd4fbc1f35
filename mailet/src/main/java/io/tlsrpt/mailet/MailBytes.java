// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static java.util.Objects.checkFromIndexSize;
import static java.util.Objects.checkFromToIndex;

import jakarta.mail.internet.SharedInputStream;
import java.io.InputStream;

/**
 * The bytes of a mail for Jakarta Mail, whose parts then share them. It reads headers byte by byte,
 * and its own stream takes a lock for each. For one thread.
 */
final class MailBytes extends InputStream implements SharedInputStream {
  private final byte[] bytes;
  private final int start;
  private final int end;
  private int next;
  private int mark;

  /** Reads the bytes from {@code start} to before {@code end}, which are not copied. */
  MailBytes(byte[] bytes, int start, int end) {
    checkFromToIndex(start, end, bytes.length);
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.next = start;
    this.mark = start;
  }

  @Override
  public int read() {
    return next < end ? bytes[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    checkFromIndexSize(offset, length, into.length);
    if (length > 0 && next == end) {
      return -1;
    }
    int count = Math.min(length, end - next);
    System.arraycopy(bytes, next, into, offset, count);
    next += count;
    return count;
  }

  @Override
  public long skip(long count) {
    int skipped = Math.clamp(count, 0, end - next);
    next += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return end - next;
  }

  @Override
  public boolean markSupported() {
    return true;
  }

  @Override
  public void mark(int limit) {
    mark = next;
  }

  @Override
  public void reset() {
    next = mark;
  }

  @Override
  public long getPosition() {
    return (long) next - start;
  }

  /** The bytes from one position to before another; -1: to the end. */
  @Override
  public InputStream newStream(long from, long to) {
    return new MailBytes(
        bytes, Math.toIntExact(start + from), to == -1 ? end : Math.toIntExact(start + to));
  }
}
