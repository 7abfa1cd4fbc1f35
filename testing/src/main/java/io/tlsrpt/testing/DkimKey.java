// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** A key pair for DKIM signatures (RFC 6376), made for the occasion. */
public record DkimKey(KeyPair pair) {
  private static final int ED25519_OCTETS = 32;

  /** A new RSA key. */
  public static DkimKey rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return new DkimKey(generator.generateKeyPair());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  /** A new Ed25519 key (RFC 8463). */
  public static DkimKey ed25519() {
    try {
      return new DkimKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK has Ed25519 since 15", e);
    }
  }

  /** The TXT record that publishes it. */
  public String record() {
    return record("");
  }

  /**
   * The TXT record with more tags before the key.
   *
   * @param tags such as {@code "t=y; "}
   */
  public String record(String tags) {
    return "v=DKIM1; k=" + (isRsa() ? "rsa" : "ed25519") + "; " + tags + "p=" + publicKey();
  }

  /** As the tag p has it: an RSA key with its envelope, an Ed25519 key as its bare 32 octets. */
  public String publicKey() {
    byte[] encoded = pair.getPublic().getEncoded();
    return Base64.getEncoder()
        .encodeToString(
            isRsa()
                ? encoded
                : Arrays.copyOfRange(encoded, encoded.length - ED25519_OCTETS, encoded.length));
  }

  private boolean isRsa() {
    return pair.getPublic() instanceof RSAPublicKey;
  }

  public String privateKeyInPem() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(pair.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }
}
