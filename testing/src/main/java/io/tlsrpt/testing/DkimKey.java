// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A key pair for DKIM signatures (RFC 6376), made for the occasion. */
public record DkimKey(KeyPair pair) {

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
    return "v=DKIM1; k=rsa; " + tags + "p=" + publicKey();
  }

  public String publicKey() {
    return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
  }

  public String privateKeyInPem() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(pair.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }
}
