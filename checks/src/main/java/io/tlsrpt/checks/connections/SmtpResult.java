// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.checks.words.Words;

/**
 * What an MX host did. Words are a plain sentence without the host's name, at most 200 characters.
 */
public sealed interface SmtpResult {
  /** It can be used over TLS; nothing is said of its certificate. */
  record Tls(TlsSession session) implements SmtpResult {
    public Tls {
      requireNonNull(session, "session");
    }
  }

  /** It speaks SMTP but no TLS: {@code starttls-not-supported} (RFC 8460 §4.3.1). */
  record NoStartTls(String words) implements SmtpResult {
    public NoStartTls {
      words = Words.sentence(words);
    }
  }

  /**
   * It offers TLS and asks to come again for it (4xx). A sender may report that as {@code
   * starttls-not-supported}; it may be over in a minute.
   */
  record NotNow(String words) implements SmtpResult {
    public NotNow {
      words = Words.sentence(words);
    }
  }

  /** It began with TLS and did not bring it to an end: {@code validation-failure}. */
  record HandshakeBroken(String words) implements SmtpResult {
    public HandshakeBroken {
      words = Words.sentence(words);
    }
  }

  /**
   * Nothing can be said: no connection, no answer in time, or one that asks to come again. Never a
   * fault of the host's TLS.
   *
   * @param connected whether there was a TCP connection, so that such connections are possible
   */
  record Unreached(String words, boolean connected) implements SmtpResult {
    public Unreached {
      words = Words.sentence(words);
    }
  }

  /** Whether there was a TCP connection. */
  default boolean connected() {
    return !(this instanceof Unreached unreached) || unreached.connected();
  }
}
