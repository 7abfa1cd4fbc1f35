// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.certificates;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Looks for a path from a host's certificate to a root (RFC 5280 §6), with the certificates that
 * the host sent and no others: nothing is fetched, and nobody is asked about revocation.
 */
final class CertificatePath {
  private CertificatePath() {}

  /**
   * The certificates of a path, the host's own first, without the root.
   *
   * @param chain as it was sent; further certificates do no harm
   * @throws GeneralSecurityException if there is none at that time
   */
  static List<X509Certificate> find(
      List<X509Certificate> chain, Set<TrustAnchor> anchors, Instant at)
      throws GeneralSecurityException {
    PKIXBuilderParameters parameters = parameters(chain, anchors, at);
    return CertPathBuilder.getInstance("PKIX")
        .build(parameters)
        .getCertPath()
        .getCertificates()
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  /**
   * The same, and what the JDK demands besides of a server's certificate: that its key may be used
   * for TLS, and that its root is not one of those distrusted since.
   */
  static List<X509Certificate> findForServer(
      List<X509Certificate> chain, Set<TrustAnchor> anchors, Instant at)
      throws GeneralSecurityException {
    List<X509Certificate> path = find(chain, anchors, at);
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(parameters(chain, anchors, at)));
    X509TrustManager manager =
        Arrays.stream(factory.getTrustManagers())
            .filter(X509TrustManager.class::isInstance)
            .map(X509TrustManager.class::cast)
            .findFirst()
            .orElseThrow();
    manager.checkServerTrusted(path.toArray(X509Certificate[]::new), "UNKNOWN");
    return path;
  }

  private static PKIXBuilderParameters parameters(
      List<X509Certificate> chain, Set<TrustAnchor> anchors, Instant at)
      throws GeneralSecurityException {
    X509CertSelector leaf = new X509CertSelector();
    leaf.setCertificate(chain.getFirst());
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(valid(anchors, at), leaf);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(at));
    return parameters;
  }

  /** The JDK also takes a root that has ended; OpenSSL, and so many a sender, does not. */
  private static Set<TrustAnchor> valid(Set<TrustAnchor> anchors, Instant at) {
    return anchors.stream()
        .filter(anchor -> CertificateTimes.isValid(anchor.getTrustedCert(), at))
        .collect(Collectors.toSet());
  }
}
