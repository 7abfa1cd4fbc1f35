// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.SizeLimit;
import io.tlsrpt.report.UnreadableReportException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * The content of those entries of a zip archive that begin as a report does, one after another.
 * Other entries (folders, a readme, what an operating system adds) are skipped. To skip an entry is
 * to inflate it, so its bytes count as those of a report do, and at most 100 entries are examined.
 */
final class ZipEntries extends InputStream {
  private static final int MOST = 100;

  /** Enough bytes to tell a report from other entries. */
  private static final int LOOK_AHEAD = 512;

  private final ZipInputStream zip;

  /** Of all entries together. */
  private final LimitedInputStream inflated;

  private byte[] beginning = new byte[0];
  private int given;
  private int seen;
  private int reports;
  private boolean ended;

  /**
   * Opens an archive.
   *
   * @param limit of all its entries together, read or not
   */
  ZipEntries(InputStream in, SizeLimit limit) {
    // The names of entries are not used; in ISO 8859-1 none of them can be malformed.
    this.zip = new ZipInputStream(in, StandardCharsets.ISO_8859_1);
    this.inflated = new LimitedInputStream(zip, limit, 0);
  }

  private void toNextReport() throws IOException {
    while (zip.getNextEntry() != null) {
      if (++seen > MOST) {
        throw new UnreadableReportException(
            ParseResult.Reason.LIMIT, "more than " + MOST + " entries in the zip archive");
      }
      beginning = inflated.readNBytes(LOOK_AHEAD);
      given = 0;
      if (ReportParser.mayBeReport(beginning, beginning.length < LOOK_AHEAD)) {
        reports++;
        return;
      }
      // Skip the rest of the entry here: ZipInputStream would skip it without any limit.
      inflated.transferTo(OutputStream.nullOutputStream());
    }
    ended = true;
    if (seen == 0) {
      throw new ZipException("no entry");
    }
    if (reports == 0) {
      throw new UnreadableReportException(
          ParseResult.Reason.MALFORMED, "no entry of the zip archive is a report");
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return length == 0 ? 0 : readEntries(buffer, offset, length);
    } catch (ZipException | EOFException e) {
      throw Decompression.broken("zip archive", e);
    }
  }

  private int readEntries(byte[] buffer, int offset, int length) throws IOException {
    while (!ended) {
      if (given < beginning.length) {
        int n = Math.min(length, beginning.length - given);
        System.arraycopy(beginning, given, buffer, offset, n);
        given += n;
        return n;
      }
      int n = reports == 0 ? -1 : inflated.read(buffer, offset, length);
      if (n >= 0) {
        return n;
      }
      toNextReport();
    }
    return -1;
  }

  /** How many bytes have come out of all entries, those that were passed over included. */
  long inflated() {
    return inflated.passed();
  }

  @Override
  public void close() throws IOException {
    ended = true;
    zip.close();
  }
}
