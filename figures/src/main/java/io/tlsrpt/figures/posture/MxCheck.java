// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

/** What is looked at of an MX host, once for all domains whose MX host it is. */
public enum MxCheck implements Check {
  /** STARTTLS is offered, and the handshake succeeds (RFC 3207). */
  STARTTLS("starttls"),
  /** The certificate names the host, is in date and trusted (RFC 8461 §4.2). */
  CERTIFICATE("certificate"),
  /** The certificate does not end soon. */
  CERTIFICATE_LASTS("certificate-lasts"),
  /** A TLSA record matches (RFC 7672 §3). */
  DANE("dane");

  private final String key;

  MxCheck(String key) {
    this.key = key;
  }

  @Override
  public String key() {
    return key;
  }
}
