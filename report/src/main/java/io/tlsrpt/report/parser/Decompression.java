// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.SizeLimit;
import io.tlsrpt.report.UnreadableReportException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Decompresses a report: gzip, zip, or one gzip within another. The first bytes decide which,
 * whatever the label says (RFC 8460 §5.2, RFC 8460 §6.3). The output of every layer is limited, not
 * only that of the last one: an outer layer may inflate to much that costs the next layer work and
 * gives no output.
 */
final class Decompression implements Closeable {
  private static final int MAX_LAYERS = 2;
  private static final int[] GZIP = {0x1f, 0x8b};
  private static final int[] ZIP = {'P', 'K', 3, 4};
  private static final int[] BYTE_ORDER_MARK = {0xef, 0xbb, 0xbf};

  /** Small, so that {@link BombDetector} knows to within a few bytes how much input was used. */
  private static final int LOOK_AHEAD = 4;

  private final SizeLimit limit;
  private final InflaterPool inflaters;
  private final Deviations.Counter deviations;
  private final List<LongSupplier> passed = new ArrayList<>(4);
  private LimitedInputStream outermost;

  /**
   * Begins with the bytes as they came.
   *
   * @param bytes closed with this
   */
  Decompression(
      InputStream bytes, SizeLimit limit, InflaterPool inflaters, Deviations.Counter deviations) {
    this.limit = limit;
    this.inflaters = inflaters;
    this.deviations = deviations;
    this.outermost = limited(bytes);
  }

  /** The bytes without their layers, and without a byte order mark. */
  InputStream open(ContentForm labelled) throws IOException {
    ContentForm form = form();
    if (labelled != ContentForm.UNKNOWN && labelled != form) {
      deviations.add(Deviation.LABEL_CONTRADICTS_CONTENT);
    }
    for (int layers = 0; form != ContentForm.JSON; layers++) {
      if (layers == MAX_LAYERS) {
        throw new UnreadableReportException(
            ParseResult.Reason.DECOMPRESSION, "compressed more than twice");
      }
      if (layers > 0) {
        deviations.add(Deviation.COMPRESSED_TWICE);
      }
      InputStream layer = form == ContentForm.GZIP ? new GzipStream(outermost, inflaters) : unzip();
      outermost = limited(layer);
      form = form();
    }
    if (outermost.startsWith(BYTE_ORDER_MARK)) {
      deviations.add(Deviation.BYTE_ORDER_MARK);
      outermost.skipNBytes(BYTE_ORDER_MARK.length);
    }
    return outermost;
  }

  private LimitedInputStream limited(InputStream layer) {
    LimitedInputStream limited = new LimitedInputStream(layer, limit, LOOK_AHEAD);
    passed.add(limited::passed);
    return limited;
  }

  /** How many bytes have come out of the layer that gave most. */
  long inflated() {
    long most = 0;
    for (LongSupplier layer : passed) {
      most = Math.max(most, layer.getAsLong());
    }
    return most;
  }

  private ContentForm form() throws IOException {
    if (outermost.startsWith(GZIP)) {
      return ContentForm.GZIP;
    }
    return outermost.startsWith(ZIP) ? ContentForm.ZIP : ContentForm.JSON;
  }

  private InputStream unzip() throws IOException {
    deviations.add(Deviation.ZIP);
    ZipEntries entries = new ZipEntries(outermost, limit);
    passed.add(entries::inflated);
    return entries;
  }

  /** Closes all layers, also those of a reading that ended while they were being opened. */
  @Override
  public void close() throws IOException {
    outermost.close();
  }

  /** Whether bytes begin with the magic number of a form that is taken off here. */
  static boolean isCompressed(byte[] beginning) {
    return startsWith(beginning, GZIP) || startsWith(beginning, ZIP);
  }

  private static boolean startsWith(byte[] bytes, int[] magic) {
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

  /**
   * Makes the exception for a stream that is broken or ends early, which is the report's fault.
   * Other I/O errors are not, and must not be passed here.
   */
  static UnreadableReportException broken(String what, IOException cause) {
    String how = cause instanceof EOFException ? " ends early" : " is broken";
    UnreadableReportException e =
        new UnreadableReportException(ParseResult.Reason.DECOMPRESSION, "the " + what + how);
    e.initCause(cause);
    return e;
  }
}
