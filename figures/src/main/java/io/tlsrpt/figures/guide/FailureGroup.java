// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.guide;

import java.util.Locale;

/** Kinds of failure by where they are mended. */
public enum FailureGroup {
  /** At the receiving MX: STARTTLS and its certificate. */
  TLS_NEGOTIATION("TLS negotiation"),
  /** At the policy host and its policy (RFC 8461). */
  MTA_STS("MTA-STS"),
  /** In the zone of the MX host (RFC 7672). */
  DNS_AND_DANE("DNS and DANE");

  private final String title;

  FailureGroup(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** As in JSON: lower case with hyphens. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
