// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.TlsReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small reports, told apart by their id, and what they come in. */
public final class Samples {
  private Samples() {}

  static String report(String id) {
    return """
        {"report-id":"%s","date-range":{"start-datetime":"2026-05-01T00:00:00Z",
        "end-datetime":"2026-05-01T23:59:59Z"},"policies":[{"policy":{"policy-type":"sts",
        "policy-domain":"example.com"},"summary":{"total-successful-session-count":1,
        "total-failure-session-count":0}}]}"""
        .formatted(id);
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** An entry of an archive to be made. */
  public static final class Entry {
    private final String name;
    private final byte[] bytes;

    Entry(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    Entry(String name, String text) {
      this(name, Samples.bytes(text));
    }

    byte[] bytes() {
      return bytes;
    }
  }

  static byte[] zip(List<Entry> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Entry entry : entries) {
        zip.putNextEntry(new ZipEntry(entry.name));
        zip.write(entry.bytes());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static List<ParseResult> parse(byte[] body) {
    return parse(body, ReportLimits.DEFAULT);
  }

  static List<ParseResult> parse(byte[] body, ReportLimits limits) {
    return new ReportParser(limits).parse(new ByteArrayInputStream(body), ContentForm.UNKNOWN);
  }

  /** What was read, in one line: {@code 1, 2 (several-reports 1)}, or why nothing was. */
  static String summary(List<ParseResult> results) {
    return String.join(", ", results.stream().map(Samples::summary).toList());
  }

  private static String summary(ParseResult result) {
    return switch (result) {
      case ParseResult.Malformed(ParseResult.Reason reason, String where) ->
          reason.key() + ": " + where;
      case ParseResult.Parsed(TlsReport report, Deviations deviations, long size) ->
          report.reportId().orElse("none") + (deviations.isEmpty() ? "" : " (" + deviations + ")");
    };
  }
}
