// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

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
}
