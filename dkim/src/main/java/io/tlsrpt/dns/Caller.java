// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import java.time.Duration;

/** Whose time it takes to wait for the DNS, and how much of it one mail may take. */
public enum Caller {
  /** A thread of the server, which has other mails to handle. */
  SERVER(Duration.ofSeconds(5)),
  /**
   * A thread that judges waiting mails again. There may be hundreds, so it hardly waits: it sees
   * what the DNS has said meanwhile, and comes again as soon as it says more.
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
