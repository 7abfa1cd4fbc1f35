// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * SHA-256 of a mail. The same mail is kept once, however often it comes.
 *
 * @param hex 64 digits in lower case
 */
record MailDigest(String hex) {

  static MailDigest of(byte[] bytes, int size) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, size);
      return new MailDigest(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static Optional<MailDigest> parse(String hex) {
    return hex.matches("[0-9a-f]{64}") ? Optional.of(new MailDigest(hex)) : Optional.empty();
  }
}
