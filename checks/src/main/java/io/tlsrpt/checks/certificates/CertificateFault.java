// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.certificates;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.checks.words.Words;

/**
 * One thing for which a sender refuses a certificate.
 *
 * @param words a plain sentence without the host's name, at most 200 characters
 */
public record CertificateFault(Kind kind, String words) {
  /** What is wrong; in the order in which faults are told. */
  public enum Kind {
    /** It names other hosts: {@code certificate-host-mismatch} (RFC 8460 §4.3.1). */
    NAME,
    /** It or one above it is not valid at this time: {@code certificate-expired}. */
    DATE,
    /** No root that is known vouches for it: {@code certificate-not-trusted}. */
    TRUST
  }

  public CertificateFault {
    requireNonNull(kind, "kind");
    words = Words.sentence(words);
  }
}
