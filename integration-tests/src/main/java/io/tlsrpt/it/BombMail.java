// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import io.tlsrpt.testing.DkimSigner;
import java.util.Base64;

/**
 * Small mails that hold very much, well signed. What they tell is of a domain that is not ours, so
 * that nothing of it is kept.
 */
public enum BombMail {
  /**
   * 140 KB that inflate to 71 MB and, in 1.0.0, to 1.5 GB of objects: the limits are the mail's.
   */
  MANY_REPORTS {
    @Override
    String mail(String reporter) {
      return mailOf(reporter, REPORTS, Gzip.of(report("{}")));
    }
  },
  /** 700 octets that are compressed twice: 24 MB of JSON, and 48 MB of texts in each thread. */
  COMPRESSED_TWICE {
    @Override
    String mail(String reporter) {
      // One letter beyond Latin-1 makes two bytes of each.
      String text = "\"" + "x".repeat(60_000) + "\u0416\"";
      return mailOf(
          reporter,
          1,
          Gzip.of(
              Gzip.of(
                  """
                  {"policies": [{
                    "policy": {"policy-type": "sts", "policy-domain": "elsewhere.example",
                      "mx-host": [%s%s]}}]}
                  """
                      .formatted((text + ",").repeat(399), text))));
    }
  };

  /** In a mail of {@link #MANY_REPORTS}. */
  public static final int REPORTS = 95;

  private static final int DETAILS = 250_000;

  abstract String mail(String reporter);

  /** One of them, by a reporter of its own. */
  public byte[] by(DkimSigner signer) {
    return signer.sign(Octets.of(mail(signer.domain())));
  }

  private static String report(String detail) {
    return """
        {"policies": [{
          "policy": {"policy-type": "sts", "policy-domain": "elsewhere.example"},
          "failure-details": [%s%s]}]}
        """
        .formatted((detail + ",").repeat(DETAILS - 1), detail);
  }

  private static String mailOf(String reporter, int reports, byte[] report) {
    return """
        From: noreply@%s
        To: tlsrpt@example.com
        Subject: Report
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        """
            .formatted(reporter)
        + """
          --b
          Content-Type: application/tlsrpt+gzip
          Content-Transfer-Encoding: base64

          %s
          """
            .formatted(Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(report))
            .repeat(reports)
        + "--b--\n";
  }
}
