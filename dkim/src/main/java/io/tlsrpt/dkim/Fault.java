// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

/**
 * Why a mail is not authentic. If it has several signatures, the fault of the one closest to being
 * good is reported; later constants are closer.
 */
public enum Fault {
  /** Nothing says who answers for the mail: no signature, no result of the gateway. */
  MISSING,
  /** No signer is aligned with the author, or the author is unknown. */
  MISALIGNED,
  /** A signature of the author's domain is not good. */
  FAILED,
  /** The signature leaves out part of the body (RFC 6376 §3.5, tag l). */
  LENGTH_TAG,
  /** The key is not for reports (RFC 8460 §3, service type {@code tlsrpt}). */
  SERVICE
}
