// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** Writes report mails. */
public final class ReportMails {
  private ReportMails() {}

  public static String report(String id, String domain, long successful, long failed) {
    return """
        {"organization-name": "Reporter", "report-id": "%s",
         "date-range": {"start-datetime": "2026-06-01T00:00:00Z", "end-datetime": "2026-06-01T23:59:59Z"},
         "policies": [{
           "policy": {"policy-type": "sts", "policy-string": ["mode: enforce"], "policy-domain": "%s"},
           "summary": {"total-successful-session-count": %d, "total-failure-session-count": %d}}]}"""
        .formatted(id, domain, successful, failed);
  }

  /** A conforming mail, with the report compressed. */
  public static String mail(String json) {
    return header() + multipart("report; report-type=\"tlsrpt\"", text(), gzipPart(json));
  }

  public static String header() {
    return """
        From: Reports <noreply@reports.reporter.example>
        To: tlsrpt@example.com
        Subject: Report Domain: example.com Submitter: reporter.example Report-ID: <1@reporter.example>
        Message-ID: <1@reporter.example>
        TLS-Report-Domain: example.com
        TLS-Report-Submitter: reporter.example
        MIME-Version: 1.0
        """;
  }

  public static String multipart(String subtype, String... parts) {
    String boundary = "b" + Integer.toHexString(String.join("", parts).hashCode());
    StringBuilder mail =
        new StringBuilder(
            "Content-Type: multipart/%s; boundary=%s\n\n".formatted(subtype, boundary));
    for (String part : parts) {
      mail.append("--").append(boundary).append('\n').append(part).append('\n');
    }
    return mail.append("--").append(boundary).append("--\n").toString();
  }

  public static String text() {
    return "Content-Type: text/plain\n\nThis is a TLS report.\n";
  }

  public static String gzipPart(String json) {
    return part("application/tlsrpt+gzip", gzip(json));
  }

  public static String jsonPart(String json) {
    return part("application/tlsrpt+json", json.getBytes(UTF_8));
  }

  public static String part(String type, byte[] bytes) {
    return """
        Content-Type: %s
        Content-Transfer-Encoding: base64

        %s
        """
        .formatted(type, Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(bytes));
  }

  public static byte[] gzip(String json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(json.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
