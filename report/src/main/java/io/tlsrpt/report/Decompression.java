// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Inflates what begins like gzip, whatever its label says (RFC 8460 §5.2), and passes the rest on.
 */
final class Decompression {
  private static final int MAGIC_0 = 0x1f;
  private static final int MAGIC_1 = 0x8b;
  private static final int BUFFER_SIZE = 8192;

  private Decompression() {}

  static InputStream inflate(InputStream bytes) throws IOException {
    PushbackInputStream in = new PushbackInputStream(bytes, 2);
    byte[] magic = in.readNBytes(2);
    in.unread(magic);
    boolean gzip =
        magic.length == 2 && (magic[0] & 0xff) == MAGIC_0 && (magic[1] & 0xff) == MAGIC_1;
    if (!gzip) {
      return in;
    }
    try {
      return new Inflated(new GZIPInputStream(in, BUFFER_SIZE));
    } catch (ZipException | EOFException e) {
      throw broken(e);
    }
  }

  private static UnreadableReportException broken(IOException cause) {
    String what =
        cause instanceof EOFException ? "the gzip stream ends early" : "the gzip stream is broken";
    UnreadableReportException e =
        new UnreadableReportException(ParseResult.Reason.DECOMPRESSION, what);
    e.initCause(cause);
    return e;
  }

  /** Tells a broken stream from a broken world: only the former is the report's fault. */
  private static final class Inflated extends FilterInputStream {
    Inflated(GZIPInputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (ZipException | EOFException e) {
        throw broken(e);
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (ZipException | EOFException e) {
        throw broken(e);
      }
    }
  }
}
