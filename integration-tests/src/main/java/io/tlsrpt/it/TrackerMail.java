// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import io.tlsrpt.testing.DkimSigner;

/**
 * A mail with words of a stranger in it, by an honest domain that signs all it can. The words are a
 * report, should somebody read it as another kind of mail.
 */
public final class TrackerMail {
  /** Also of the fields that are there once: a second one must break the signature. */
  private static final String[] OVERSIGNED = {
    "From",
    "To",
    "Subject",
    "Message-ID",
    "MIME-Version",
    "MIME-Version",
    "Content-Type",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Content-Transfer-Encoding"
  };

  private TrackerMail() {}

  /**
   * One of them.
   *
   * @param forged of which domain the stranger tells failures
   */
  public static String of(DkimSigner signer, String forged) {
    return signer
        .withSigned(OVERSIGNED)
        .sign(
            """
            From: tracker@%3$s
            To: tlsrpt@example.com
            Subject: A stranger has commented on your issue
            Message-ID: <%2$s@%3$s>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=us-ascii
            Content-Transfer-Encoding: 7bit

            A stranger writes:

            --X
            Content-Type: application/tlsrpt+json

            {"report-id": "%2$s", "policies": [{
              "policy": {"policy-type": "sts", "policy-domain": "%1$s"},
              "summary": {"total-failure-session-count": 4711}}]}
            --X--
            """
                .formatted(forged, System.nanoTime(), signer.domain()));
  }
}
