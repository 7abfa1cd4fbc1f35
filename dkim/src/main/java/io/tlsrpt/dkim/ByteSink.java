// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

/** Collects octets and hands them on in large pieces: digests are slow for single ones. */
final class ByteSink {
  private static final int SIZE = 4_096;

  private final Target target;
  private final byte[] buffer = new byte[SIZE];
  private int count;

  ByteSink(Target target) {
    this.target = target;
  }

  /**
   * Takes {@code length} octets from {@code start} on. It must use them before it returns, since
   * they change afterwards.
   */
  @FunctionalInterface
  interface Target {
    void update(byte[] bytes, int start, int length);
  }

  void write(byte octet) {
    if (count == SIZE) {
      flush();
    }
    buffer[count++] = octet;
  }

  /** Writes the octets from {@code start} to before {@code end}. */
  void write(byte[] bytes, int start, int end) {
    int length = end - start;
    if (length > SIZE - count) {
      flush();
    }
    if (length > SIZE) {
      target.update(bytes, start, length);
    } else {
      System.arraycopy(bytes, start, buffer, count, length);
      count += length;
    }
  }

  void lineEnd() {
    write((byte) '\r');
    write((byte) '\n');
  }

  /** Hands on what is left; to be called once at the end. */
  void flush() {
    target.update(buffer, 0, count);
    count = 0;
  }
}
