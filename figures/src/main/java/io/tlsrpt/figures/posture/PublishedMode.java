// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import java.util.Locale;

/** The mode of the policy that a domain publishes (RFC 8461 §3.2). */
public enum PublishedMode {
  ENFORCE,
  TESTING,
  NONE,
  /** No policy is published. */
  ABSENT,
  /** No policy could be read, or none has been looked at. */
  UNKNOWN;

  /** As it is shown everywhere: lower case. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
