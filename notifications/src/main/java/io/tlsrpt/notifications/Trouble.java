// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.notifications;

import java.util.Locale;

/** What a receiver itself may suffer from. */
enum Trouble {
  /** Reports cannot be stored. */
  STORE,
  /** Reports have been waiting for long. */
  WAITING;

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
