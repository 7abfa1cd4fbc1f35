// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import java.time.Duration;

/** Which kind of thread waits for the DNS, and how long it may wait for one mail. */
public enum WaitingThread {
  /**
   * A thread of the server's spooler, which has other mails to handle. Few of them may wait at a
   * time: {@link SpoolerBulkhead}.
   */
  SPOOLER(Duration.ofSeconds(5)),
  /**
   * A thread that judges deferred mails again. There may be hundreds of mails, so it hardly waits:
   * it uses the answers that have arrived meanwhile, and a mail is tried again when its answer
   * arrives.
   */
  RETRY(Duration.ofMillis(200));

  private final Duration longestWait;

  WaitingThread(Duration longestWait) {
    this.longestWait = longestWait;
  }

  Duration longestWait() {
    return longestWait;
  }
}
