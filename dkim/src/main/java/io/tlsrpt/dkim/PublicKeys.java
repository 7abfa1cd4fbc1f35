// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Makes keys of what stands in the DNS. */
final class PublicKeys {
  private static final int MIN_BITS = 1024;
  private static final int MAX_BITS = 4096;

  /**
   * The usual exponent has 17 bits; one as long as the key would make it a hundred times slower.
   */
  private static final int MAX_EXPONENT_BITS = 64;

  private static final int ED25519_LENGTH = 32;

  /** The beginning of a SubjectPublicKeyInfo (RFC 8410 §4), which the bare key follows. */
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private PublicKeys() {}

  /**
   * Decodes a key; empty if it is malformed, too weak or too costly to use.
   *
   * @param type the tag k in lower case
   */
  static Optional<PublicKey> parse(String type, String base64) {
    try {
      byte[] key = Base64.getDecoder().decode(base64);
      return switch (type) {
        case "rsa" -> rsa(key);
        case "ed25519" -> ed25519(key);
        default -> Optional.empty();
      };
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Decodes a SubjectPublicKeyInfo: the form to which RFC 6376 §3.6.1 refers, and which everybody
   * publishes.
   */
  private static Optional<PublicKey> rsa(byte[] key) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key))
                instanceof RSAPublicKey rsa
            && rsa.getModulus().bitLength() >= MIN_BITS
            && rsa.getModulus().bitLength() <= MAX_BITS
            && rsa.getPublicExponent().bitLength() <= MAX_EXPONENT_BITS
        ? Optional.of(rsa)
        : Optional.empty();
  }

  /** RFC 8463 §4.2: the bare key. */
  private static Optional<PublicKey> ed25519(byte[] key) throws GeneralSecurityException {
    if (key.length != ED25519_LENGTH) {
      return Optional.empty();
    }
    byte[] encoded = new byte[ED25519_PREFIX.length + key.length];
    System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
    System.arraycopy(key, 0, encoded, ED25519_PREFIX.length, key.length);
    return Optional.of(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
  }
}
