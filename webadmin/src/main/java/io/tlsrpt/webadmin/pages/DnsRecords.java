// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

/** DNS records to publish, as they stand in a zone. */
final class DnsRecords {
  private DnsRecords() {}

  /** The record that asks for reports about a domain (RFC 8460 §3). */
  static String tlsRpt(String domain) {
    return "_smtp._tls." + domain + ". TXT \"v=TLSRPTv1; rua=mailto:tlsrpt@example.com\"";
  }
}
