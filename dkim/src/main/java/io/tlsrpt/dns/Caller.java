// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import java.time.Duration;

/** Whose thread waits for the DNS, and how long it may wait for one mail. */
public enum Caller {
  /** A thread of the server, which has other mails to handle. */
  SERVER(Duration.ofSeconds(5)),
  /**
   * A thread that judges deferred mails again. There may be hundreds of them, so it hardly waits:
   * it uses the answers that have arrived meanwhile, and tries a mail again when its answer
   * arrives.
   */
  RETRY(Duration.ofMillis(200));

  private final Duration patience;

  Caller(Duration patience) {
    this.patience = patience;
  }

  Duration patience() {
    return patience;
  }
}
