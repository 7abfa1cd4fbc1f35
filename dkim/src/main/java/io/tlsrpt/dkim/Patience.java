// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import java.time.Duration;

/** How long a mail waits for the DNS, for all its keys together. */
final class Patience {
  static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final Caller caller;
  private final long start = System.nanoTime();

  Patience(Caller caller) {
    this.caller = caller;
  }

  Caller caller() {
    return caller;
  }

  /** Nanoseconds that are left; 0 or less if there are none. */
  long left() {
    return LONGEST_WAIT.toNanos() - (System.nanoTime() - start);
  }
}
