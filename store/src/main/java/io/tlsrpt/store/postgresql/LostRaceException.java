// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import java.sql.SQLException;

/** Another server was faster; the transaction has to be done again, with states read anew. */
final class LostRaceException extends SQLException {
  private static final long serialVersionUID = 1;

  /** Any state of class 40 says that a transaction was rolled back and may be tried again. */
  LostRaceException(String message) {
    super(message, "40001");
  }
}
