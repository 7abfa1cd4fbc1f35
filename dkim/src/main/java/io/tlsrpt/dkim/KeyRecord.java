// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import java.security.PublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A key record of the DNS (RFC 6376 §3.6.1), read once and then used by many threads: nothing of it
 * changes. Tags that the RFC dropped or does not know, such as g, mean nothing.
 */
final class KeyRecord {
  private final String text;
  private final String type;
  private final boolean revoked;
  private final List<String> flags;
  private final List<String> services;
  private final List<String> hashes;
  private final Optional<PublicKey> publicKey;

  private KeyRecord(TagList tags, String text) {
    String written = TagList.withoutBlanks(tags.value("p").orElse(""));
    this.text = text;
    this.type =
        tags.value("k").filter(value -> !value.isEmpty()).orElse("rsa").toLowerCase(Locale.ROOT);
    this.revoked = written.isEmpty();
    this.flags = list(tags, "t", "");
    this.services = list(tags, "s", "*");
    this.hashes = list(tags, "h", "sha256");
    this.publicKey = PublicKeys.parse(type, written);
  }

  private static List<String> list(TagList tags, String tag, String standard) {
    return TagList.split(tags.value(tag).filter(value -> !value.isEmpty()).orElse(standard));
  }

  /** Empty if the text is no key record. */
  static Optional<KeyRecord> of(String record) {
    return TagList.parse(record).filter(KeyRecord::isKey).map(tags -> new KeyRecord(tags, record));
  }

  private static boolean isKey(TagList tags) {
    boolean versionIsRight =
        tags.value("v")
            .map(version -> version.equals("DKIM1") && tags.beginsWith("v"))
            .orElse(true);
    return versionIsRight && tags.value("p").isPresent();
  }

  /** The record as the DNS has it. */
  String text() {
    return text;
  }

  /** RFC 6376 §3.6.1, tag p. */
  boolean isRevoked() {
    return revoked;
  }

  /** RFC 6376 §3.6.1, flag y: such a signature is as good as none. */
  boolean isForTests() {
    return flags.contains("y");
  }

  /** RFC 6376 §3.6.1, flag s: the tag i of a signature must name the very domain of its tag d. */
  boolean excludesSubdomains() {
    return flags.contains("s");
  }

  /** RFC 8460 §3: a key for other services only does not speak for reports. */
  boolean servesReports() {
    return services.contains("*") || services.contains("tlsrpt");
  }

  /** RFC 6376 §3.6.1, tags k and h: whether it may verify signatures of this kind. */
  boolean isFor(Algorithm algorithm) {
    return type.equals(algorithm.keyType()) && hashes.contains("sha256");
  }

  /** The key, unless it is none, too weak (RFC 8301 §3.2) or too costly. */
  Optional<PublicKey> publicKey() {
    return publicKey;
  }
}
