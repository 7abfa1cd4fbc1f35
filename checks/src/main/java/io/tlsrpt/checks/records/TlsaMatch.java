// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.records;

import io.tlsrpt.report.DomainName;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the TLSA records of a host say of the certificates that it sends (RFC 7672 §3.1). Whether
 * the records count at all, since DNSSEC vouches for them, is the caller's to know.
 *
 * @param matching records that a sender would take the host by; one is enough
 * @param others records that could be used, and are about something else
 * @param unusable records that senders pass over
 */
public record TlsaMatch(
    List<TlsaRecord> matching, List<TlsaRecord> others, List<TlsaRecord> unusable) {
  public TlsaMatch {
    matching = List.copyOf(matching);
    others = List.copyOf(others);
    unusable = List.copyOf(unusable);
  }

  /**
   * Compares records with a chain.
   *
   * @param chain as the host sent it, its own certificate first
   * @param isGoodAnchor of a certificate that a record of usage 2 names: whether a path leads from
   *     it to the host's own, which has a good name and good dates
   */
  public static TlsaMatch of(
      List<TlsaRecord> records,
      List<X509Certificate> chain,
      Predicate<X509Certificate> isGoodAnchor) {
    List<TlsaRecord> matching = new ArrayList<>();
    List<TlsaRecord> others = new ArrayList<>();
    List<TlsaRecord> unusable = new ArrayList<>();
    for (TlsaRecord record : records) {
      if (!record.isUsable()) {
        unusable.add(record);
      } else if (record
          .match(chain)
          .filter(certificate -> record.usage() == 3 || isGoodAnchor.test(certificate))
          .isPresent()) {
        matching.add(record);
      } else {
        others.add(record);
      }
    }
    return new TlsaMatch(matching, others, unusable);
  }

  /**
   * Whether senders use any of the records. If not, they fall back to what they do without DANE.
   */
  public boolean isUsable() {
    return !matching.isEmpty() || !others.isEmpty();
  }

  /**
   * Why a sender that checks DANE would report {@code tlsa-invalid}; empty if it would not.
   *
   * @param leaf the host's own certificate
   */
  public Optional<String> fault(DomainName base, X509Certificate leaf) {
    if (!matching.isEmpty()) {
      return Optional.empty();
    }
    if (others.isEmpty()) {
      return unusable.stream().findFirst().flatMap(TlsaRecord::unusable);
    }
    return Optional.of(
        "no TLSA record fits the certificate: " + TlsaRecord.toPublish(leaf).published(base));
  }

  /** Whether one record fits and another does not, as while keys change. */
  public boolean isRollOver() {
    return !matching.isEmpty() && !others.isEmpty();
  }

  /** Whether the next renewal of the certificate leaves no record that fits. */
  public boolean endsWithCertificate() {
    return !matching.isEmpty()
        && others.isEmpty()
        && matching.stream().allMatch(TlsaRecord::endsWithCertificate);
  }
}
