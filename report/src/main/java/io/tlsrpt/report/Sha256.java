// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Digests a sequence of values. Lengths and counts are digested too, so that neighbouring values do
 * not run together.
 */
public final class Sha256 {
  private final MessageDigest digest;
  private final ByteBuffer waiting = ByteBuffer.allocate(512);

  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public Sha256 add(long value) {
    if (waiting.remaining() < Long.BYTES) {
      digestWaiting();
    }
    waiting.putLong(value);
    return this;
  }

  /** Adds the text's length, then the text. */
  public Sha256 add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    if (waiting.remaining() < bytes.length) {
      digestWaiting();
    }
    if (waiting.remaining() < bytes.length) {
      digest.update(bytes);
    } else {
      waiting.put(bytes);
    }
    return this;
  }

  private void digestWaiting() {
    digest.update(waiting.flip());
    waiting.clear();
  }

  public Sha256 add(Optional<String> text) {
    return text.isPresent() ? add(text.get()) : add(0);
  }

  /** Adds each text, then their number. */
  public Sha256 add(Iterable<String> texts) {
    long count = 0;
    for (String text : texts) {
      add(text);
      count++;
    }
    return add(count);
  }

  /** The digest in hexadecimal; the next value added begins a new digest. */
  public String toHex() {
    digestWaiting();
    return HexFormat.of().formatHex(digest.digest());
  }
}
