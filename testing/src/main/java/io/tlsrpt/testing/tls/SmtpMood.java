// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing.tls;

/** How an {@link SmtpServer} behaves. */
public enum SmtpMood {
  /** With STARTTLS, as most do. */
  GOOD,
  /** Speaks only after a pause, and sends away whoever does not wait for that. */
  STRICT,
  NO_STARTTLS,
  /** Does not know the command EHLO. */
  NO_EHLO,
  EHLO_451,
  STARTTLS_454,
  STARTTLS_502,
  GREETING_421,
  GREETING_554,
  /** No greeting at all; holds the connection. */
  SILENT,
  /** Hangs up instead of a greeting. */
  HANGING_UP,
  /** A banner of another protocol. */
  NO_SMTP,
  /** A greeting that never comes to an end, an octet each half second. */
  TARPIT,
  /** A reply to EHLO in one line without an end. */
  ENDLESS_LINE,
  /** A reply to EHLO in ever more lines. */
  ENDLESS_REPLY,
  /** The reply to EHLO comes with the greeting. */
  AHEAD_OF_TURN,
  /** 220 to STARTTLS, and then no TLS. */
  GARBAGE_AFTER_220,
  /** A reply in clear together with the 220 to STARTTLS. */
  INJECTING_AFTER_220,
  /** 220 to STARTTLS, and then nothing. */
  SILENT_AFTER_220,
  /** 220 to STARTTLS, and the end. */
  HANGING_UP_AFTER_220,
  /** Answers EHLO under TLS with a refusal that is none of TLS. */
  REFUSING_UNDER_TLS,
  /** Gives octets under TLS without an end, one each half second. */
  TARPIT_UNDER_TLS
}
