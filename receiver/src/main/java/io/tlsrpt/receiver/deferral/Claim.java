// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a mail's claim to a place among those that wait rests on; a better one comes later. Where
 * places run out mails of a lower claim give way.
 */
public enum Claim {
  /** Nothing: the DNS was asked who signed it, and gave no answer. Anybody can write such mails. */
  UNANSWERED,
  /** Nothing yet: nobody has waited for the answer. */
  UNASKED,
  /** Its signature is good. */
  PROVEN,
  /** Its reporter was authentic before, and its signature is good or likely to be. */
  KNOWN;

  /** As in a ticket's file. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Claim> parse(String key) {
    return Arrays.stream(values()).filter(claim -> claim.key().equals(key)).findFirst();
  }

  /** Whether its signature is good, or likely to be. */
  public boolean isProven() {
    return compareTo(PROVEN) >= 0;
  }

  /** Whether a mail of this claim may take the place of one of another, which has waited longer. */
  boolean displaces(Claim other) {
    return isProven() ? other.compareTo(this) < 0 : other.compareTo(this) <= 0;
  }
}
