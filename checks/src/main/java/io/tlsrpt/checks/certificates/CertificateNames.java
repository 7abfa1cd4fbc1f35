// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.certificates;

import io.tlsrpt.checks.records.NamePattern;
import io.tlsrpt.checks.words.Words;
import io.tlsrpt.report.DomainName;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The hosts that a certificate names: its dNSName entries alone, as RFC 8461 §4.2 has it. The JDK's
 * own check takes a certificate without such entries by its common name, which senders do not.
 */
public final class CertificateNames {
  /** GeneralName's choice dNSName (RFC 5280 §4.2.1.6). */
  private static final int DNS_NAME = 2;

  private CertificateNames() {}

  /** Whether it names that host, by itself or by a wildcard for the first label. */
  public static boolean name(X509Certificate certificate, DomainName host) {
    return of(certificate).stream()
        .flatMap(written -> NamePattern.parse(written).stream())
        .anyMatch(pattern -> pattern.matches(host));
  }

  static Optional<CertificateFault> fault(X509Certificate certificate, DomainName host) {
    if (name(certificate, host)) {
      return Optional.empty();
    }
    List<String> names = of(certificate);
    String words =
        names.isEmpty()
            ? "it has no dNSName, and its common name does not count: "
                + Words.principal(certificate.getSubjectX500Principal())
            : "it does not name the host, but " + Words.names(names);
    return Optional.of(new CertificateFault(CertificateFault.Kind.NAME, words));
  }

  private static List<String> of(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> Integer.valueOf(DNS_NAME).equals(name.getFirst()))
              .map(name -> String.valueOf(name.get(1)))
              .toList();
    } catch (CertificateParsingException e) {
      // Nobody can read the names, so there are none.
      return List.of();
    }
  }
}
