// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import java.util.Locale;

/** Whether a report must bear its reporter's signature (RFC 8460 §3). */
public enum DkimMode {
  /** Only authentic reports count. */
  REQUIRED,
  /** Reports are believed whoever sent them: for tests and trusted networks. */
  OFF;

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
