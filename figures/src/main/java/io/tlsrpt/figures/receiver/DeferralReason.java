// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.receiver;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a report waits for: a closed list, the items of {@code DeferralsByReason}. */
public enum DeferralReason {
  /** The key of its signature, which the DNS does not give now. */
  DNS,
  /** The database. */
  STORE,
  /** The server's list of the domains that it serves. */
  DOMAINS;

  /** As in mail attributes, logs and figures: lower case. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The reason of a {@link #key}. */
  public static Optional<DeferralReason> parse(String key) {
    return Arrays.stream(values()).filter(reason -> reason.key().equals(key)).findFirst();
  }
}
