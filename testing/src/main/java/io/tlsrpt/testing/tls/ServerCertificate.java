// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a server shows, and the key that belongs to it.
 *
 * @param chain as it is sent, the server's own first
 */
public record ServerCertificate(PrivateKey key, List<X509Certificate> chain) {
  public ServerCertificate {
    chain = List.copyOf(chain);
  }

  public X509Certificate own() {
    return chain.getFirst();
  }

  /** As an administrator sets it up who forgets the intermediate ones. */
  public ServerCertificate alone() {
    return new ServerCertificate(key, List.of(own()));
  }

  /** Followed by more certificates, wanted or not. */
  public ServerCertificate with(X509Certificate... more) {
    List<X509Certificate> all = new ArrayList<>(chain);
    all.addAll(Arrays.asList(more));
    return new ServerCertificate(key, all);
  }
}
