// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.checks.certificates.CertificateJudgement;
import io.tlsrpt.checks.words.Words;
import java.util.Optional;

/**
 * What a policy host did. Words are a plain sentence without the host's name, at most 200
 * characters.
 */
public sealed interface PolicyResult {
  /**
   * A policy, or what is served in its place; not read yet.
   *
   * @param body at most 64 KiB
   * @param contentType as written, as plain text
   * @param certificate without faults
   */
  record Fetched(PolicyBody body, Optional<String> contentType, CertificateJudgement certificate)
      implements PolicyResult {
    public Fetched {
      requireNonNull(body, "body");
      contentType = contentType.map(Words::quoted);
      requireNonNull(certificate, "certificate");
    }
  }

  /** Senders hang up at its certificate: {@code sts-webpki-invalid}; at least one fault. */
  record BadCertificate(CertificateJudgement certificate) implements PolicyResult {
    public BadCertificate {
      requireNonNull(certificate, "certificate");
    }
  }

  /**
   * There was a TCP connection, and no policy: {@code sts-policy-fetch-error}.
   *
   * @param outOfTime whether it was our own time limit that ended it
   */
  record NotFetched(String words, boolean outOfTime) implements PolicyResult {
    public NotFetched {
      words = Words.sentence(words);
    }
  }

  /** No TCP connection: the host's fault or that of the way to it. */
  record NotConnected(String words) implements PolicyResult {
    public NotConnected {
      words = Words.sentence(words);
    }
  }

  /** Whether there was a TCP connection. */
  default boolean connected() {
    return !(this instanceof NotConnected);
  }
}
