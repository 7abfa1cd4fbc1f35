// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.certificates;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The roots that are trusted, at least one. */
record TrustedRoots(Set<TrustAnchor> anchors) {
  TrustedRoots {
    anchors = Set.copyOf(anchors);
  }

  static TrustedRoots of(Collection<X509Certificate> certificates) {
    return new TrustedRoots(
        certificates.stream()
            .map(certificate -> new TrustAnchor(certificate, null))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * Those that come with the JDK. Not what {@code javax.net.ssl.trustStore} names: servers point it
   * at the private roots of their LDAP or database, which senders of mail do not know.
   *
   * @throws IOException if they cannot be read, or there are none
   */
  static TrustedRoots ofTheJdk() throws IOException {
    Path file = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    try {
      // Certificates are not secret: they are read without the password.
      KeyStore store = KeyStore.getInstance(file.toFile(), (char[]) null);
      TrustedRoots roots =
          of(
              Collections.list(store.aliases()).stream()
                  .flatMap(alias -> certificate(store, alias))
                  .toList());
      if (roots.anchors().isEmpty()) {
        throw new IOException(file + " has no certificates");
      }
      return roots;
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " cannot be read", e);
    }
  }

  private static Stream<X509Certificate> certificate(KeyStore store, String alias) {
    try {
      return store.getCertificate(alias) instanceof X509Certificate certificate
          ? Stream.of(certificate)
          : Stream.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the store was read", e);
    }
  }
}
