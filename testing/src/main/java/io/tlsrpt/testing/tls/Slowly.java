// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** How a tarpit writes: each read of the other side gets something, and it never ends. */
final class Slowly {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private Slowly() {}

  /** Writes an octet each half second until the other side has gone. */
  static void write(OutputStream out, char octet) throws IOException, InterruptedException {
    while (true) {
      out.write(octet);
      out.flush();
      Thread.sleep(PAUSE);
    }
  }

  /** Writes without a pause until the other side has gone. */
  static void flood(OutputStream out, byte[] piece) throws IOException {
    while (true) {
      out.write(piece);
    }
  }
}
