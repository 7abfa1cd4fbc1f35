// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** JSON web tokens (RFC 7519) as WebAdmin wants them. */
final class Token {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Token() {}

  static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token for an hour. */
  static String of(PrivateKey key, boolean admin) {
    String claims =
        "{\"sub\":\"admin@example.com\",\"admin\":%s,\"exp\":%d}"
            .formatted(admin, Instant.now().plus(Duration.ofHours(1)).getEpochSecond());
    String signed = part("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + '.' + part(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + '.' + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
