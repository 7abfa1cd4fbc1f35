// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Whoever signs certificates, under a name and with a key. */
record Issuer(String commonName, KeyKind kind, PrivateKey key) {
  private static final AtomicLong SERIAL = new AtomicLong(1);

  /** The one of whom a certificate is to be. */
  static Issuer of(CertificatePlan plan, KeyPair pair) {
    return new Issuer(plan.commonName(), plan.key(), pair.getPrivate());
  }

  X509Certificate signServer(CertificatePlan plan, PublicKey of) {
    return sign(plan, of, false);
  }

  X509Certificate signAuthority(CertificatePlan plan, PublicKey of) {
    return sign(plan, of, true);
  }

  private X509Certificate sign(CertificatePlan plan, PublicKey of, boolean isAuthority) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              principal(commonName),
              BigInteger.valueOf(SERIAL.getAndIncrement()),
              Date.from(plan.begins()),
              Date.from(plan.ends()),
              principal(plan.commonName()),
              of);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
      if (!plan.names().isEmpty()) {
        builder.addExtension(Extension.subjectAlternativeName, false, names(plan));
      }
      if (plan.issuerAt().isPresent()) {
        addPlace(builder, plan.issuerAt().get());
      }
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder(kind.signature()).build(key)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CertificateException | OperatorCreationException e) {
      throw new IllegalArgumentException("there can be no such certificate: " + plan, e);
    }
  }

  private static X500Principal principal(String commonName) {
    return new X500Principal("CN=" + commonName);
  }

  private static GeneralNames names(CertificatePlan plan) {
    return new GeneralNames(
        plan.names().stream()
            .map(name -> new GeneralName(GeneralName.dNSName, name))
            .toArray(GeneralName[]::new));
  }

  /** All that a certificate can point at: its issuer's, its status, what was revoked. */
  private static void addPlace(JcaX509v3CertificateBuilder builder, URI uri) throws IOException {
    GeneralName place = new GeneralName(GeneralName.uniformResourceIdentifier, uri.toString());
    builder.addExtension(
        Extension.authorityInfoAccess,
        false,
        new AuthorityInformationAccess(
            new AccessDescription[] {
              new AccessDescription(AccessDescription.id_ad_caIssuers, place),
              new AccessDescription(AccessDescription.id_ad_ocsp, place)
            }));
    DistributionPointName list = new DistributionPointName(new GeneralNames(place));
    builder.addExtension(
        Extension.cRLDistributionPoints,
        false,
        new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(list, null, null)}));
  }
}
