// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import java.time.Duration;

/** How long a mail waits for the DNS, for all its keys together. */
final class Patience {
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
    return caller.patience().toNanos() - (System.nanoTime() - start);
  }

  /** In words, how long that is from the beginning. */
  String inWords() {
    Duration all = caller.patience();
    return all.toSeconds() > 0 ? all.toSeconds() + " s" : all.toMillis() + " ms";
  }
}
