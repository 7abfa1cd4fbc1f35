// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

/**
 * Why a mail is not believed. Of several signatures the one that came nearest to being good is
 * told: later constants are nearer.
 */
public enum Fault {
  /** Nothing says who answers for the mail: no signature, no result of the gateway. */
  MISSING,
  /** Nobody who answers for the author signed it, or the author cannot be told. */
  MISALIGNED,
  /** A signature of the author's domain is not good. */
  FAILED,
  /** The signature leaves out part of the body (RFC 6376 §3.5, tag l). */
  LENGTH_TAG,
  /** The key is not for reports (RFC 8460 §3, service type {@code tlsrpt}). */
  SERVICE
}
