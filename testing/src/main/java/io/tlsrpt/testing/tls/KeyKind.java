// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** What a certificate's key is of. */
public enum KeyKind {
  /** P-256: made at once. */
  ECDSA("SHA256withECDSA"),
  /** 2048 bits: takes up to a second. */
  RSA("SHA256withRSA");

  private final String signature;

  KeyKind(String signature) {
    this.signature = signature;
  }

  /** What such a key signs with. */
  String signature() {
    return signature;
  }

  KeyPair generate() {
    try {
      if (this == RSA) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        return generator.generateKeyPair();
      }
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + this, e);
    }
  }
}
