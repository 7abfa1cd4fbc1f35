// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

/**
 * Until when a thread may wait for the DNS, for all look-ups of one mail together. Starts with its
 * creation.
 */
public final class LookupDeadline {
  private final WaitingThread thread;
  private final long start = System.nanoTime();

  public LookupDeadline(WaitingThread thread) {
    this.thread = thread;
  }

  /** The kind of thread that waits. */
  public WaitingThread thread() {
    return thread;
  }

  /** Nanoseconds that are left; 0 or less if there are none. */
  public long left() {
    return thread.longestWait().toNanos() - (System.nanoTime() - start);
  }
}
