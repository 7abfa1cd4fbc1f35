// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import java.sql.SQLException;

/** Another server was faster; the transaction has to be done again, with states read anew. */
final class LostRaceException extends SQLException {
  private static final long serialVersionUID = 1;

  private final boolean leadsOn;

  private LostRaceException(String message, boolean leadsOn) {
    // Any state of class 40 says that a transaction was rolled back and may be tried again.
    super(message, "40001");
    this.leadsOn = leadsOn;
  }

  /** What was read is not what is there any more. */
  LostRaceException(String message) {
    this(message, false);
  }

  /**
   * A name of this transaction has got its number from another server. It has it for ever, and next
   * time is known from the beginning: so this ends, at the latest when all names have theirs.
   */
  static LostRaceException forAName(String message) {
    return new LostRaceException(message, true);
  }

  /** Whether less can come between the next time, however fast other servers are. */
  boolean leadsOn() {
    return leadsOn;
  }
}
