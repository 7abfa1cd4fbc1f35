// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import static java.util.Objects.requireNonNull;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a handshake agreed on.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param cipherSuite its name in the registry of TLS
 * @param chain the certificates as they were sent, the host's own first; not judged
 */
public record TlsSession(String protocol, String cipherSuite, List<X509Certificate> chain) {
  public TlsSession {
    requireNonNull(protocol, "protocol");
    requireNonNull(cipherSuite, "cipherSuite");
    chain = List.copyOf(chain);
  }

  /** The host's own certificate. */
  public X509Certificate leaf() {
    return chain.getFirst();
  }
}
