// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.certificates;

import io.tlsrpt.checks.words.Words;
import java.security.GeneralSecurityException;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Why no root vouches for a certificate, as far as it can be told. */
final class Distrust {
  private Distrust() {}

  static String words(List<X509Certificate> chain, TrustedRoots roots, Instant now) {
    X509Certificate own = chain.getFirst();
    if (isSelfIssued(own)) {
      return "it is self-signed";
    }
    X509Certificate top = top(chain);
    String issuer = Words.principal(top.getIssuerX500Principal());
    List<X509Certificate> known = issuers(roots, top);
    if (!known.isEmpty()) {
      return known.stream().noneMatch(root -> CertificateTimes.isValid(root, now))
          ? "its root is not valid at this time: " + issuer
          : "its path to the root " + issuer + " is not valid: " + reason(chain, roots, now);
    }
    if (isSelfIssued(top)) {
      return "its root is not trusted: " + issuer;
    }
    return top.equals(own)
        ? "its issuer is no trusted root, and the intermediate was not sent: " + issuer
        : "the issuer of the last certificate sent is no trusted root: " + issuer;
  }

  /** From the host's own upwards, as far as each one's issuer was sent. */
  private static X509Certificate top(List<X509Certificate> chain) {
    X509Certificate top = chain.getFirst();
    Set<X509Certificate> seen = new HashSet<>();
    while (seen.add(top)) {
      X509Certificate below = top;
      Optional<X509Certificate> above =
          chain.stream()
              .filter(c -> c.getSubjectX500Principal().equals(below.getIssuerX500Principal()))
              .findFirst();
      if (above.isEmpty()) {
        return top;
      }
      top = above.get();
    }
    return top;
  }

  private static boolean isSelfIssued(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  /** The roots that bear the name of its issuer. */
  private static List<X509Certificate> issuers(TrustedRoots roots, X509Certificate certificate) {
    return roots.anchors().stream()
        .map(TrustAnchor::getTrustedCert)
        .filter(root -> root.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
        .toList();
  }

  private static String reason(List<X509Certificate> chain, TrustedRoots roots, Instant now) {
    try {
      CertificatePath.findForServer(chain, roots.anchors(), now);
      return "";
    } catch (GeneralSecurityException e) {
      return Words.reason(e);
    }
  }
}
