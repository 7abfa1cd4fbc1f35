// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing.tls;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a certificate is to be.
 *
 * @param names its dNSName entries; none if there are none
 * @param issuerAt where its issuer and its status are said to be found, over HTTP
 */
public record CertificatePlan(
    String commonName,
    List<String> names,
    Instant begins,
    Instant ends,
    KeyKind key,
    Optional<URI> issuerAt) {
  private static final Duration USUAL = Duration.ofDays(90);

  public CertificatePlan {
    names = List.copyOf(names);
  }

  /** A good one for those names: from 30 days ago for 90 days. */
  public static CertificatePlan naming(String... names) {
    Instant begins = Instant.now().minus(Duration.ofDays(30));
    return new CertificatePlan(
        names[0], List.of(names), begins, begins.plus(USUAL), KeyKind.ECDSA, Optional.empty());
  }

  /** One with a common name alone, as they were until 2000. */
  public static CertificatePlan withCommonNameOnly(String name) {
    CertificatePlan plan = naming(name);
    return new CertificatePlan(name, List.of(), plan.begins, plan.ends, plan.key, Optional.empty());
  }

  /** With other dates. */
  public CertificatePlan valid(Instant from, Instant until) {
    return new CertificatePlan(commonName, names, from, until, key, issuerAt);
  }

  /** With a key of another kind. */
  public CertificatePlan key(KeyKind other) {
    return new CertificatePlan(commonName, names, begins, ends, other, issuerAt);
  }

  /** That says where its issuer is to be found. */
  public CertificatePlan issuerAt(URI place) {
    return new CertificatePlan(commonName, names, begins, ends, key, Optional.of(place));
  }
}
