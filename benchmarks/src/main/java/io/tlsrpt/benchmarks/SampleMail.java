// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tlsrpt.testing.DkimSigner;
import java.util.Base64;

/** A small report mail as it arrives: what comes nearly always. */
final class SampleMail {
  private SampleMail() {}

  /** Its octets; lines end in CRLF. */
  static byte[] signedBy(DkimSigner signer) {
    String received =
        """
        Received: from mail.reporter.example (mail.reporter.example [192.0.2.1])
        \tby mx.example.com with ESMTPS id 1; Sat, 2 May 2026 01:00:00 +0000
        """;
    String mail =
        """
        From: noreply@reporter.example
        To: tlsrpt@example.com
        Subject: Report Domain: example.com Submitter: reporter.example Report-ID: <1@reporter.example>
        Date: Sat, 2 May 2026 01:00:00 +0000
        Message-ID: <1@reporter.example>
        TLS-Report-Domain: example.com
        TLS-Report-Submitter: reporter.example
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type="tlsrpt"; boundary="b1"

        --b1
        Content-Type: text/plain

        A TLS report.
        --b1
        Content-Type: application/tlsrpt+gzip
        Content-Transfer-Encoding: base64

        %s
        --b1--
        """
            .formatted(Base64.getMimeEncoder().encodeToString(SampleReport.TYPICAL.gzip()));
    return (crlf(received) + signer.sign(crlf(mail))).getBytes(US_ASCII);
  }

  private static String crlf(String text) {
    return text.replace("\r\n", "\n").replace("\n", "\r\n");
  }
}
