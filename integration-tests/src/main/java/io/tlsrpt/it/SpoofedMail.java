// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import io.tlsrpt.it.ReportMail.Form;
import io.tlsrpt.testing.DkimKey;
import io.tlsrpt.testing.DkimSigner;
import java.nio.charset.StandardCharsets;

/**
 * Report mails in a reporter's name by somebody who does not have its key: from the hash of the
 * body on all is right but the signature. They are made without signing, since there are to be
 * many.
 */
public final class SpoofedMail {
  /** What they say mail to this domain comes to. */
  public static final String ABOUT = "spoofed.example.com";

  private static final String REPORTER = "reporter.invalid";
  private static final String SELECTOR = "any-selector";

  private static final String SIGNED =
      DkimSigner.of(REPORTER, SELECTOR, DkimKey.rsa(2048))
          .sign(
              new ReportMail(REPORTER, ABOUT)
                  .of(
                      Form.ALONE_JSON,
                      """
                      {"report-id": "1", "policies": [{
                        "policy": {"policy-type": "sts", "policy-domain": "%s"},
                        "summary": {"total-failure-session-count": 4711}}]}
                      """
                          .formatted(ABOUT)))
          .replace("\n", "\r\n");

  private SpoofedMail() {}

  /**
   * A mail in the name of a domain that has not signed it.
   *
   * @param number makes it another mail
   */
  public static byte[] of(String reporter, String selector, int number) {
    return ("X-Number: " + number + "\r\n" + SIGNED)
        .replace(REPORTER, reporter)
        .replace(SELECTOR, selector)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
