// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing.tls;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A certification authority of a test, root or intermediate. Immutable. */
public final class TestCa {
  private final Issuer issuer;
  private final X509Certificate certificate;

  /** Certificates between this one and the root, this one first; none if it is the root. */
  private final List<X509Certificate> intermediates;

  private TestCa(Issuer issuer, X509Certificate certificate, List<X509Certificate> intermediates) {
    this.issuer = issuer;
    this.certificate = certificate;
    this.intermediates = List.copyOf(intermediates);
  }

  /** A root that is two years old: no path leads to one that is younger than what is below. */
  public static TestCa root(String name) {
    return root(name, KeyKind.ECDSA);
  }

  /** The same, with a key of some kind. */
  public static TestCa root(String name, KeyKind kind) {
    Instant now = Instant.now();
    CertificatePlan plan =
        authority(name, now.minus(Duration.ofDays(730)), now.plus(Duration.ofDays(3_650)), kind);
    KeyPair pair = kind.generate();
    Issuer issuer = Issuer.of(plan, pair);
    return new TestCa(issuer, issuer.signAuthority(plan, pair.getPublic()), List.of());
  }

  /** An intermediate authority under this one, a year old and good for ten. */
  public TestCa intermediate(String name) {
    Instant now = Instant.now();
    return intermediate(name, now.minus(Duration.ofDays(365)), now.plus(Duration.ofDays(3_600)));
  }

  /** The same with dates. */
  public TestCa intermediate(String name, Instant begins, Instant ends) {
    CertificatePlan plan = authority(name, begins, ends, issuer.kind());
    KeyPair pair = issuer.kind().generate();
    X509Certificate below = issuer.signAuthority(plan, pair.getPublic());
    List<X509Certificate> path = new ArrayList<>(List.of(below));
    path.addAll(intermediates);
    return new TestCa(Issuer.of(plan, pair), below, path);
  }

  private static CertificatePlan authority(
      String name, Instant begins, Instant ends, KeyKind kind) {
    return new CertificatePlan(name, List.of(), begins, ends, kind, Optional.empty());
  }

  /** One more certificate of a root: the same name and key, signed by itself. */
  public X509Certificate again() {
    CertificatePlan plan =
        authority(
            issuer.commonName(),
            certificate.getNotBefore().toInstant(),
            certificate.getNotAfter().toInstant(),
            issuer.kind());
    return issuer.signAuthority(plan, certificate.getPublicKey());
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** A server's certificate, with the intermediate ones and without the root. */
  public ServerCertificate issue(CertificatePlan plan) {
    KeyPair pair = plan.key().generate();
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(issuer.signServer(plan, pair.getPublic()));
    chain.addAll(intermediates);
    return new ServerCertificate(pair.getPrivate(), chain);
  }

  /** A good certificate for those names. */
  public ServerCertificate issue(String... names) {
    return issue(CertificatePlan.naming(names));
  }

  /** One that nobody vouches for. */
  public static ServerCertificate selfSigned(CertificatePlan plan) {
    KeyPair pair = plan.key().generate();
    return new ServerCertificate(
        pair.getPrivate(), List.of(Issuer.of(plan, pair).signServer(plan, pair.getPublic())));
  }
}
