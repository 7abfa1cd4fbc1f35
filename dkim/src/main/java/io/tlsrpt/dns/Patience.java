// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

/** How long a mail waits for the DNS, for all its keys together. */
public final class Patience {
  private final Caller caller;
  private final long start = System.nanoTime();

  public Patience(Caller caller) {
    this.caller = caller;
  }

  public Caller caller() {
    return caller;
  }

  /** Nanoseconds that are left; 0 or less if there are none. */
  public long left() {
    return caller.patience().toNanos() - (System.nanoTime() - start);
  }
}
