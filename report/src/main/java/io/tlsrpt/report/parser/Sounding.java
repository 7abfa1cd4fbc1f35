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
 * The bytes of a report as they came, of which a bomb is told while little has been made of it:
 * what inflates like one is first inflated to its end and not looked at, since blanks or an endless
 * list cost a parser many times what they cost a decompressor. One look, at the first megabyte:
 * what begins harmlessly is parsed to the limit, at that cost.
 */
final class Sounding extends FilterInputStream {
  /** Whatever a report inflates to up to here is cheap enough to be parsed unsounded. */
  private static final int FROM = 1 << 20;

  /**
   * Thousands of details that differ by a digit come to 150, the same few bytes over and over to
   * 1,000.
   */
  private static final int BOMB_RATIO = 400;

  /** Of a bomb of that ratio, four times what inflates to the default limit of a report's size. */
  private static final int HEAD = 256 << 10;

  /** Holds a whole report of the usual size, and grows with what is kept of a larger one. */
  private static final int BUFFER_SIZE = 1024;

  private final SizeLimit limit;
  private final InflaterPool inflaters;
  private long taken;

  Sounding(InputStream bytes, SizeLimit limit, InflaterPool inflaters) {
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

  /** The same bytes without their layers, sounded on the way if they look like a bomb. */
  InputStream sounded(InputStream inflated) {
    return new Sounded(inflated);
  }

  private void soundIfBomb(long inflated) throws IOException {
    if (taken * BOMB_RATIO < inflated) {
      try (Decompression layers = layers(head())) {
        layers.open(ContentForm.UNKNOWN).transferTo(OutputStream.nullOutputStream());
      } catch (TooLargeException e) {
        throw e;
      } catch (UnreadableReportException e) {
        // Broken, perhaps because its head is not all of it: whoever reads it on will see.
      }
    }
  }

  /**
   * The first bytes once more, without their layers; none if too many have been taken since, or the
   * layers cannot be taken off.
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

  /** The first bytes once more; those not yet taken stay to be read. */
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
        soundIfBomb(passed);
      }
      return n;
    }
  }
}
