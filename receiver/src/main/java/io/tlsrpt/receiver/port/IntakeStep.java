// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.port;

import java.util.Locale;

/** The steps of the intake that are timed. */
public enum IntakeStep {
  /** Signatures, with their keys looked up. */
  AUTHENTICATE,
  /** Decompressing and parsing all reports of the mail. */
  READ,
  /** Committing them. */
  STORE,
  /** Showing the domains that the reports are about. */
  APPLY;

  /** The value of the meter's tag. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
