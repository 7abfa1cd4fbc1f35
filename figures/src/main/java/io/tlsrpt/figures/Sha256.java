// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Digests values one after the other, such that no two lists of values run together. */
final class Sha256 {
  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  Sha256 add(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    return this;
  }

  /** Length first. */
  Sha256 add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    digest.update(bytes);
    return this;
  }

  Sha256 add(Optional<String> text) {
    return add(text.orElse(""));
  }

  /** Count first. */
  Sha256 add(Iterable<String> texts) {
    long count = 0;
    for (String text : texts) {
      add(text);
      count++;
    }
    return add(count);
  }

  String toHex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
