// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The content of a gzip stream: all its members, one after another. Each member must be complete
 * and match its checksum and length. Bytes after a member that do not begin another one are
 * ignored, as the JDK's GZIPInputStream does. Unlike that class, this one takes its {@link
 * Inflater} from a pool.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952#section-2.3">RFC 1952, 2.3</a>
 */
final class GzipStream extends InputStream {
  /** Small, so that {@link BombDetector} knows to within 512 bytes how much input was used. */
  private static final int BUFFER_SIZE = 512;

  private static final int DEFLATE = 8;
  private static final int FHCRC = 2;
  private static final int FEXTRA = 4;
  private static final int FNAME = 8;
  private static final int FCOMMENT = 16;

  private final InputStream in;
  private final InflaterPool pool;
  private final Inflater inflater;
  private final CRC32 checksum = new CRC32();
  private final byte[] buffer = new byte[BUFFER_SIZE];
  private int from;
  private int to;
  private boolean ended;
  private boolean closed;

  GzipStream(InputStream in, InflaterPool pool) throws IOException {
    this.in = in;
    this.pool = pool;
    try {
      readHeader();
    } catch (ZipException | EOFException e) {
      throw Decompression.broken("gzip stream", e);
    }
    this.inflater = pool.take();
    startMember();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] out, int offset, int length) throws IOException {
    try {
      return length == 0 ? 0 : inflate(out, offset, length);
    } catch (ZipException | EOFException e) {
      throw Decompression.broken("gzip stream", e);
    }
  }

  private int inflate(byte[] out, int offset, int length) throws IOException {
    while (!ended) {
      int n = inflated(out, offset, length);
      if (n > 0) {
        checksum.update(out, offset, n);
        return n;
      }
      if (inflater.finished()) {
        endMember();
      } else if (inflater.needsInput()) {
        need();
        feed();
      } else {
        throw new ZipException("a dictionary");
      }
    }
    return -1;
  }

  private int inflated(byte[] out, int offset, int length) throws ZipException {
    try {
      return inflater.finished() ? 0 : inflater.inflate(out, offset, length);
    } catch (DataFormatException e) {
      ZipException broken = new ZipException("not deflated");
      broken.initCause(e);
      throw broken;
    }
  }

  private void startMember() {
    checksum.reset();
    feed();
  }

  private void feed() {
    inflater.setInput(buffer, from, to - from);
    from = to;
  }

  private void endMember() throws IOException {
    // The bytes that the inflater did not use begin with the checksum and length of the member.
    from = to - inflater.getRemaining();
    if (number(4) != checksum.getValue()
        || number(4) != (inflater.getBytesWritten() & 0xffff_ffffL)) {
      throw new ZipException("not what was compressed");
    }
    if (fill() && hasFurtherMember()) {
      inflater.reset();
      startMember();
    } else {
      ended = true;
    }
  }

  private boolean hasFurtherMember() throws IOException {
    try {
      readHeader();
      return true;
    } catch (ZipException | EOFException e) {
      return false;
    }
  }

  private void readHeader() throws IOException {
    checksum.reset();
    if (next() != 0x1f || next() != 0x8b || next() != DEFLATE) {
      throw new ZipException("no header");
    }
    int flags = next();
    skip(6);
    if ((flags & FEXTRA) != 0) {
      int low = next();
      skip(low | next() << 8);
    }
    if ((flags & FNAME) != 0) {
      skipText();
    }
    if ((flags & FCOMMENT) != 0) {
      skipText();
    }
    if ((flags & FHCRC) != 0) {
      long seen = checksum.getValue() & 0xffff;
      if (number(2) != seen) {
        throw new ZipException("a damaged header");
      }
    }
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    int c = next();
    while (c != 0) {
      c = next();
    }
  }

  /** A number in its bytes, the lowest first. */
  private long number(int bytes) throws IOException {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number |= (long) take() << (8 * i);
    }
    return number;
  }

  /** A byte of a header, which its checksum covers. */
  private int next() throws IOException {
    int b = take();
    checksum.update(b);
    return b;
  }

  private int take() throws IOException {
    need();
    return buffer[from++] & 0xff;
  }

  private void need() throws IOException {
    if (!fill()) {
      throw new EOFException();
    }
  }

  /** Refills the buffer if it is used up; false at the end of the input. */
  private boolean fill() throws IOException {
    while (from == to) {
      int n = in.read(buffer, 0, buffer.length);
      if (n < 0) {
        return false;
      }
      from = 0;
      to = n;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      ended = true;
      pool.giveBack(inflater);
    }
    in.close();
  }
}
