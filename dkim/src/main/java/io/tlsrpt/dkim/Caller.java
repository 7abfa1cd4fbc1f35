// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import java.time.Duration;

/** Whose time it takes to wait for the DNS, and for how long one mail may take it. */
public enum Caller {
  /** A thread of the server, which has other mails to handle. */
  SERVER(Duration.ofSeconds(5)),
  /**
   * A thread for mails that wait, with one of them in hand for the first time: looks what has been
   * answered meanwhile, since others have come as recently.
   */
  FIRST_RETRY(Duration.ofMillis(200)),
  /** A thread for mails that wait. */
  RETRY(Duration.ofSeconds(5));

  private final Duration patience;

  Caller(Duration patience) {
    this.patience = patience;
  }

  Duration patience() {
    return patience;
  }
}
