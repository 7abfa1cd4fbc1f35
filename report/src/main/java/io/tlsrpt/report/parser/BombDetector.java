// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.SizeLimit;
import io.tlsrpt.report.TooLargeException;
import io.tlsrpt.report.UnreadableReportException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Detects decompression bombs early. It counts the bytes of a report as received, before any
 * decompression. When the decompressed output passes 1 MiB, the ratio of output to input is checked
 * once. If the ratio is that of a bomb, the beginning of the input is inflated once more without
 * being parsed; if that alone exceeds the size limit, reading ends. The reason: blanks or an
 * endless list cost a parser many times what they cost a decompressor. An input that begins
 * harmlessly is parsed up to the limit, at that cost.
 */
final class BombDetector extends FilterInputStream {
  /** Output up to this size is cheap enough to be parsed without a check. */
  private static final int FROM = 1 << 20;

  /**
   * Octets of output for each octet of input. Thousands of details that differ by a digit reach
   * 150; the same few bytes over and over reach 1,000.
   */
  private static final int BOMB_RATIO = 400;

  /**
   * Octets of input that are remembered for the check. At {@link #BOMB_RATIO} they inflate to four
   * times the default {@link io.tlsrpt.report.ReportLimits#maxReportSize()}.
   */
  private static final int HEAD = 256 << 10;

  /**
   * Initial size of the buffer: it holds a usual report, and grows to {@link #HEAD} with a larger
   * one.
   */
  private static final int BUFFER_SIZE = 1024;

  private final SizeLimit limit;
  private final InflaterPool inflaters;
  private long taken;

  BombDetector(InputStream bytes, SizeLimit limit, InflaterPool inflaters) {
    super(new BufferedInputStream(bytes, BUFFER_SIZE));
    this.limit = limit;
    this.inflaters = inflaters;
    in.mark(HEAD);
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    if (b >= 0) {
      taken++;
    }
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    taken += Math.max(n, 0);
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    long skipped = super.skip(n);
    taken += skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** The decompressed bytes, with the check for a bomb while they are read. */
  InputStream sounded(InputStream inflated) {
    return new Sounded(inflated);
  }

  private void failIfBomb(long inflated) throws IOException {
    if (taken * BOMB_RATIO < inflated) {
      try (Decompression layers = layers(head())) {
        layers.open(ContentForm.UNKNOWN).transferTo(OutputStream.nullOutputStream());
      } catch (TooLargeException e) {
        throw e;
      } catch (UnreadableReportException e) {
        // The head is broken, or only cut off from the rest: reading the whole input will show
        // which.
      }
    }
  }

  /**
   * Decompresses the first bytes once more. None if more than {@link #HEAD} octets of input were
   * used since, or if they cannot be decompressed.
   */
  byte[] beginning(int length) {
    try (Decompression layers = layers(head())) {
      return layers.open(ContentForm.UNKNOWN).readNBytes(length);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private Decompression layers(byte[] head) {
    return new Decompression(
        new ByteArrayInputStream(head), limit, inflaters, new Deviations.Counter(1));
  }

  /**
   * Reads the first octets of the input once more, then returns to the position where reading was.
   */
  private byte[] head() throws IOException {
    in.reset();
    byte[] head = in.readNBytes(HEAD);
    in.reset();
    in.skipNBytes(taken);
    return head;
  }

  private final class Sounded extends FilterInputStream {
    private long passed;

    Sounded(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      boolean before = passed <= FROM;
      passed += Math.max(n, 0);
      if (before && passed > FROM) {
        failIfBomb(passed);
      }
      return n;
    }
  }
}
