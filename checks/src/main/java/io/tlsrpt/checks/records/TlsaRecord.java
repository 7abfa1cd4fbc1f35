// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.records;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A TLSA record (RFC 6698 §2.1): a certificate or key that a host is to use. Not a judgement: of
 * usage 2 it says only which certificate of the chain carries it; path, dates and name are the
 * caller's.
 *
 * @param usage 0 to 255; 3 (DANE-EE) is about the host's own certificate, 2 (DANE-TA) about one
 *     above it
 * @param selector 0 for the whole certificate, 1 for its public key
 * @param matchingType 0 for the thing itself, 1 for its SHA-256, 2 for its SHA-512
 * @param data in lower-case hexadecimal digits
 */
public record TlsaRecord(int usage, int selector, int matchingType, String data)
    implements Comparable<TlsaRecord> {
  /** The fields' lengths in hexadecimal digits. */
  private static final int SHA_256 = 64;

  private static final int SHA_512 = 128;

  private static final Comparator<TlsaRecord> ORDER =
      Comparator.comparingInt(TlsaRecord::usage)
          .thenComparingInt(TlsaRecord::selector)
          .thenComparingInt(TlsaRecord::matchingType)
          .thenComparing(TlsaRecord::data);

  public TlsaRecord {
    requireNonNull(data, "data");
  }

  public static TlsaRecord of(int usage, int selector, int matchingType, byte[] data) {
    return new TlsaRecord(usage, selector, matchingType, HexFormat.of().formatHex(data));
  }

  /** The record that names this certificate; empty if there is no such selector or type. */
  public static Optional<TlsaRecord> of(
      int usage, int selector, int matchingType, X509Certificate certificate) {
    return digest(selector, matchingType, certificate)
        .map(data -> of(usage, selector, matchingType, data));
  }

  /** The best record for a host with this certificate: it outlives renewals that keep the key. */
  public static TlsaRecord toPublish(X509Certificate leaf) {
    return of(3, 1, 1, leaf).orElseThrow();
  }

  /** Why senders of mail pass over it (RFC 7672 §3.1.3); empty if they use it. */
  public Optional<String> unusable() {
    if (usage == 0 || usage == 1) {
      return Optional.of("usage " + usage + " does not count on port 25 (RFC 7672 §3.1.3)");
    }
    if (usage != 2 && usage != 3) {
      return Optional.of("usage " + usage + " is none");
    }
    if (selector != 0 && selector != 1) {
      return Optional.of("selector " + selector + " is none");
    }
    return switch (matchingType) {
      case 0 -> data.isEmpty() ? Optional.of("it has no data") : Optional.empty();
      case 1 -> lengthFault(SHA_256);
      case 2 -> lengthFault(SHA_512);
      default -> Optional.of("matching type " + matchingType + " is none");
    };
  }

  private Optional<String> lengthFault(int right) {
    return data.length() == right
        ? Optional.empty()
        : Optional.of(
            "matching type %d takes %d octets, not %d"
                .formatted(matchingType, right / 2, data.length() / 2));
  }

  public boolean isUsable() {
    return unusable().isEmpty();
  }

  /**
   * Whether a renewal breaks it even if the key stays: it is about the whole certificate.
   *
   * @see #toPublish
   */
  public boolean endsWithCertificate() {
    return selector == 0;
  }

  /**
   * The certificate that carries this record's data: with usage 3 only the first may, with usage 2
   * any.
   *
   * @param chain as the host sent it, its own certificate first
   * @return empty if none does, or the record is not usable
   */
  public Optional<X509Certificate> match(List<X509Certificate> chain) {
    return isUsable()
        ? chain.stream().limit(usage == 3 ? 1 : chain.size()).filter(this::isCarriedBy).findFirst()
        : Optional.empty();
  }

  private boolean isCarriedBy(X509Certificate certificate) {
    return of(usage, selector, matchingType, certificate).filter(this::equals).isPresent();
  }

  private static Optional<byte[]> digest(
      int selector, int matchingType, X509Certificate certificate) {
    return covered(selector, certificate)
        .flatMap(
            octets ->
                switch (matchingType) {
                  case 0 -> Optional.of(octets);
                  case 1 -> Optional.of(hash("SHA-256", octets));
                  case 2 -> Optional.of(hash("SHA-512", octets));
                  default -> Optional.empty();
                });
  }

  private static Optional<byte[]> covered(int selector, X509Certificate certificate) {
    try {
      return switch (selector) {
        case 0 -> Optional.of(certificate.getEncoded());
        case 1 -> Optional.ofNullable(certificate.getPublicKey().getEncoded());
        default -> Optional.empty();
      };
    } catch (CertificateEncodingException e) {
      // A certificate that came over the wire was decoded, so it has its octets.
      return Optional.empty();
    }
  }

  private static byte[] hash(String algorithm, byte[] octets) {
    try {
      return MessageDigest.getInstance(algorithm).digest(octets);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java platform has SHA-2", e);
    }
  }

  /**
   * By its fields in their order: name servers rotate records, and two looks shall see the same.
   */
  @Override
  public int compareTo(TlsaRecord other) {
    return ORDER.compare(this, other);
  }

  /** As a line of a zone, to be copied whole; only the data of a record of ours is short. */
  public String published(DomainName host) {
    return "_25._tcp.%s. IN TLSA %d %d %d %s".formatted(host, usage, selector, matchingType, data);
  }

  /** The beginning, for words. */
  @Override
  public String toString() {
    String shown = data.length() > 16 ? data.substring(0, 16) + "…" : data;
    return "%d %d %d %s".formatted(usage, selector, matchingType, shown);
  }
}
