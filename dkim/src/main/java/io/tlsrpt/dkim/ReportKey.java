// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.james.jdkim.tagvalue.PublicKeyRecordImpl;

/**
 * A key record of the DNS (RFC 6376 §3.6.1), and each condition on it. Read once and then used by
 * many threads at once: nothing of it changes.
 */
final class ReportKey extends PublicKeyRecordImpl {
  private static final int MIN_BITS = 1024;
  private static final int MAX_BITS = 4096;

  /** RFC 6376 dropped the tag g, whose pattern jDKIM checks in quadratic time. */
  private static final Pattern ANYBODY = Pattern.compile(".*", Pattern.DOTALL);

  private final Optional<RSAPublicKey> publicKey;

  private ReportKey(String record) {
    super(record);
    publicKey = decoded(String.valueOf(getValue("p")));
  }

  /** Empty if the record is no key record. */
  static Optional<ReportKey> of(String record) {
    try {
      ReportKey key = new ReportKey(withoutEmptyTags(record));
      if (!key.isRevoked()) {
        key.validate();
      }
      return Optional.of(key);
    } catch (RuntimeException e) {
      // What jDKIM throws for hostile records is of no particular class.
      return Optional.empty();
    }
  }

  private static String withoutEmptyTags(String record) {
    return Arrays.stream(record.split(";", -1))
        .map(String::strip)
        .filter(tag -> !tag.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** RFC 6376 §3.6.1, tag p. */
  boolean isRevoked() {
    return getTags().contains("p") && getValue("p").isEmpty();
  }

  /** RFC 6376 §3.6.1, flag y: such a signature is as good as none. */
  boolean isForTests() {
    return getFlags().stream().anyMatch(flag -> flag.toString().equalsIgnoreCase("y"));
  }

  /** RFC 8460 §3: a key for other services only does not speak for reports. */
  boolean servesReports() {
    return Arrays.stream(getValue("s").toString().split(":", -1))
        .map(service -> service.strip().toLowerCase(Locale.ROOT))
        .anyMatch(service -> service.equals("*") || service.equals("tlsrpt"));
  }

  /** RFC 8301 §3.2. */
  boolean isRsaOfAllowedSize() {
    return getValue("k").toString().equalsIgnoreCase("rsa")
        && publicKey
            .map(key -> key.getModulus().bitLength())
            .filter(bits -> bits >= MIN_BITS && bits <= MAX_BITS)
            .isPresent();
  }

  @Override
  public Pattern getGranularityPattern() {
    return ANYBODY;
  }

  @Override
  public PublicKey getPublicKey() {
    return publicKey.orElseThrow(() -> new IllegalStateException("no RSA key"));
  }

  private static Optional<RSAPublicKey> decoded(String written) {
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(written);
      return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded))
              instanceof RSAPublicKey key
          ? Optional.of(key)
          : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
