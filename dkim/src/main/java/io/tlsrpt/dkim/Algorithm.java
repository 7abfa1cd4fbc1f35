// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a signature is made, the tag a: the two algorithms that verifiers must know and that are safe
 * (RFC 8301 §3.1, RFC 8463 §3).
 */
enum Algorithm {
  RSA_SHA256("rsa", "SHA256withRSA") {
    @Override
    byte[] signedBytes(byte[] header) {
      return header;
    }
  },
  // RATIONALE: Ed25519
  /** RFC 8463 §3: what is signed is the hash of the header. */
  ED25519_SHA256("ed25519", "Ed25519") {
    @Override
    byte[] signedBytes(byte[] header) {
      return sha256().digest(header);
    }
  };

  private final String keyType;
  private final String jdkName;

  Algorithm(String keyType, String jdkName) {
    this.keyType = keyType;
    this.jdkName = jdkName;
  }

  /** The algorithm of a tag a. */
  static Optional<Algorithm> parse(String tag) {
    return Arrays.stream(values())
        .filter(algorithm -> tag.equalsIgnoreCase(algorithm.keyType + "-sha256"))
        .findFirst();
  }

  /** As in the tag k of a key. */
  String keyType() {
    return keyType;
  }

  /** Whether a signature over a canonical header is that of a key. */
  boolean verifies(PublicKey key, byte[] header, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(jdkName);
      verifier.initVerify(key);
      verifier.update(signedBytes(header));
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      // The JDK has both algorithms: a signature or a key of the wrong form is a bad signature.
      return false;
    }
  }

  abstract byte[] signedBytes(byte[] header);

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
