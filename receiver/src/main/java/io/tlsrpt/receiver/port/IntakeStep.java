// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.port;

/** The steps of the intake that are timed. */
public enum IntakeStep {
  /** Signatures, with their keys looked up. */
  AUTHENTICATE("authenticate"),
  /** Decompressing and parsing all reports of the mail. */
  READ("read"),
  /** Committing them. */
  STORE("store"),
  /** Publishing the figures of the domains that the reports are about. */
  PUBLISH("apply");

  private final String key;

  IntakeStep(String key) {
    this.key = key;
  }

  /** The value of the meter's tag. A tag of a published meter does not change with the code. */
  public String key() {
    return key;
  }
}
