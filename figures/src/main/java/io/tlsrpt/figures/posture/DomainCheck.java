// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

/** What is looked at of a domain. */
public enum DomainCheck implements Check {
  /** The TLS-RPT record asks for reports, to an address that is ours (RFC 8460 §3). */
  TLSRPT_RECORD("tlsrpt-record"),
  /** The MTA-STS record and the policy can be used (RFC 8461 §3). */
  MTA_STS("mta-sts"),
  /** Each MX host is named by the policy (RFC 8461 §4.1). */
  MX("mx"),
  /** TLSA records are usable, and DNSSEC vouches for them (RFC 7672). */
  DANE("dane"),
  /** Reporters see the policy mode that is published. */
  DRIFT("drift");

  private final String key;

  DomainCheck(String key) {
    this.key = key;
  }

  @Override
  public String key() {
    return key;
  }
}
