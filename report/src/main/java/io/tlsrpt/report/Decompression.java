// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Takes off what a report is compressed with, told by its first bytes whatever the label says (RFC
 * 8460 §5.2, RFC 8460 §6.3): gzip, zip, or one gzip within another. What comes out of every layer
 * is limited, since a layer may inflate to nothing but work for the next.
 */
final class Decompression {
  /** Little, so that what has been taken is known to the byte, nearly: see {@link Sounding}. */
  private static final int BUFFER_SIZE = 512;

  private static final int MAX_LAYERS = 2;
  private static final int MAGIC_LENGTH = 4;

  private final long limit;
  private final Deviations.Counter deviations;

  Decompression(long limit, Deviations.Counter deviations) {
    this.limit = limit;
    this.deviations = deviations;
  }

  /** The bytes without their layers, and without a byte order mark. */
  InputStream open(InputStream bytes, ContentForm labelled) throws IOException {
    PushbackInputStream in = limited(bytes);
    ContentForm form = formOf(in);
    if (labelled != ContentForm.UNKNOWN && labelled != form) {
      deviations.add(Deviation.LABEL_CONTRADICTS_CONTENT);
    }
    for (int layer = 0; form != ContentForm.JSON; layer++) {
      if (layer == MAX_LAYERS) {
        throw new UnreadableReportException(
            ParseResult.Reason.DECOMPRESSION, "compressed more than twice");
      }
      if (layer > 0) {
        deviations.add(Deviation.COMPRESSED_TWICE);
      }
      in = limited(form == ContentForm.GZIP ? gunzip(in) : unzip(in));
      form = formOf(in);
    }
    skipByteOrderMark(in);
    return in;
  }

  private PushbackInputStream limited(InputStream in) {
    return new PushbackInputStream(new LimitedInputStream(in, limit), MAGIC_LENGTH);
  }

  private static ContentForm formOf(PushbackInputStream in) throws IOException {
    byte[] magic = in.readNBytes(MAGIC_LENGTH);
    in.unread(magic);
    return formOf(magic);
  }

  private static ContentForm formOf(byte[] magic) {
    if (startsWith(magic, 0x1f, 0x8b)) {
      return ContentForm.GZIP;
    }
    return startsWith(magic, 'P', 'K', 3, 4) ? ContentForm.ZIP : ContentForm.JSON;
  }

  /** Whether bytes begin with the magic number of a form that is taken off here. */
  static boolean isCompressed(byte[] beginning) {
    return formOf(beginning) != ContentForm.JSON;
  }

  private void skipByteOrderMark(PushbackInputStream in) throws IOException {
    byte[] mark = in.readNBytes(3);
    if (startsWith(mark, 0xef, 0xbb, 0xbf)) {
      deviations.add(Deviation.BYTE_ORDER_MARK);
    } else {
      in.unread(mark);
    }
  }

  private static boolean startsWith(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static InputStream gunzip(InputStream in) throws IOException {
    try {
      return new Layer(new GZIPInputStream(new NeverEmpty(in), BUFFER_SIZE));
    } catch (ZipException | EOFException e) {
      throw broken("gzip stream", e);
    }
  }

  private InputStream unzip(InputStream in) throws IOException {
    deviations.add(Deviation.ZIP);
    // Names within the archive mean nothing to us; in this charset none can be malformed.
    ZipInputStream zip = new ZipInputStream(in, StandardCharsets.ISO_8859_1);
    try {
      ZipEntry entry = zip.getNextEntry();
      if (entry == null) {
        throw new ZipException("no entry");
      }
      return new Layer(zip);
    } catch (ZipException | EOFException e) {
      throw broken("zip archive", e);
    }
  }

  private static UnreadableReportException broken(String what, IOException cause) {
    String how = cause instanceof EOFException ? " ends early" : " is broken";
    UnreadableReportException e =
        new UnreadableReportException(ParseResult.Reason.DECOMPRESSION, "the " + what + how);
    e.initCause(cause);
    return e;
  }

  /** Makes gzip look for a further member: it does so only where bytes are said to be there. */
  private static final class NeverEmpty extends FilterInputStream {
    NeverEmpty(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 1;
    }
  }

  /** Tells a broken stream from a broken world: only the former is the report's fault. */
  private static final class Layer extends FilterInputStream {
    private final String what;

    Layer(InputStream in) {
      super(in);
      this.what = in instanceof GZIPInputStream ? "gzip stream" : "zip archive";
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (ZipException | EOFException e) {
        throw broken(what, e);
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (ZipException | EOFException e) {
        throw broken(what, e);
      }
    }
  }
}
