// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Composes report mails as RFC 8460 §5.3 wants them.
 *
 * @param reporter the sender's domain
 * @param policyDomain the domain that the header names
 */
public record ReportMail(String reporter, String policyDomain) {
  private static final String BOUNDARY = "----=_report";

  /** How the report lies in the mail. */
  public enum Form {
    /** A {@code multipart/report} with a compressed report, as RFC 8460 asks. */
    MULTIPART_GZIP(true, true),
    MULTIPART_JSON(true, false),
    /** The report is the whole body. */
    ALONE_GZIP(false, true),
    ALONE_JSON(false, false);

    private final boolean multipart;
    private final boolean gzip;

    Form(boolean multipart, boolean gzip) {
      this.multipart = multipart;
      this.gzip = gzip;
    }
  }

  public String of(Form form, String json) {
    byte[] report = json.getBytes(StandardCharsets.UTF_8);
    return of(form, form.gzip ? Gzip.of(report) : report);
  }

  /** A mail with any bytes in the place of the report. */
  public String of(Form form, byte[] bytes) {
    String type = form.gzip ? "application/tlsrpt+gzip" : "application/tlsrpt+json";
    String extension = form.gzip ? ".json.gz" : ".json";
    String part =
        """
        Content-Type: %s
        Content-Disposition: attachment; filename="%s!%s!1767225600!1767311999%s"
        Content-Transfer-Encoding: base64

        %s
        """
            .formatted(type, reporter, policyDomain, extension, base64(bytes));
    return form.multipart ? header() + multipart(part) : header() + part;
  }

  /** A mail that is no report. */
  public String withoutReport() {
    return header().replaceAll("TLS-Report-.*\\n", "")
        + """
        Content-Type: text/plain

        Hello. This is not a report.
        """;
  }

  private String header() {
    return """
        From: tls-reports@%1$s
        To: tlsrpt@example.com
        Subject: Report Domain: %2$s Submitter: %1$s Report-ID: <sample@%1$s>
        Date: Mon, 23 Nov 2026 10:00:00 +0000
        Message-ID: <%3$s@%1$s>
        TLS-Report-Domain: %2$s
        TLS-Report-Submitter: %1$s
        MIME-Version: 1.0
        """
        .formatted(reporter, policyDomain, System.nanoTime());
  }

  private static String multipart(String part) {
    return """
        Content-Type: multipart/report; report-type="tlsrpt"; boundary="%1$s"

        --%1$s
        Content-Type: text/plain; charset=us-ascii

        This is an aggregate TLS report.

        --%1$s
        %2$s
        --%1$s--
        """
        .formatted(BOUNDARY, part);
  }

  private static String base64(byte[] bytes) {
    return Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(bytes);
  }
}
