// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import io.tlsrpt.testing.DkimKey;
import io.tlsrpt.testing.DkimSigner;
import io.tlsrpt.testing.DnsServer;

/** The senders of reports: they sign, and a DNS server on loopback publishes their keys. */
public final class Reporters implements AutoCloseable {
  private final DnsServer dns = DnsServer.start();
  private final DkimKey key = DkimKey.rsa(2048);

  public DnsServer dns() {
    return dns;
  }

  public DkimKey key() {
    return key;
  }

  /** A signer whose key is published. */
  public DkimSigner signer(String domain) {
    return signer(domain, "reports");
  }

  /** A signer whose key is published under this selector. */
  public DkimSigner signer(String domain, String selector) {
    DkimSigner signer = DkimSigner.of(domain, selector, key);
    dns.serveText(signer.keyName(), key.record());
    return signer;
  }

  @Override
  public void close() {
    dns.close();
  }
}
