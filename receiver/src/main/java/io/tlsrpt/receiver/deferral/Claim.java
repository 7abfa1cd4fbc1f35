// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What the claim of a deferred mail to its place rests on, the weakest claim first. When places run
 * out, mails of a weaker claim give way.
 */
public enum Claim {
  /** Nothing: the DNS was asked who signed it, and gave no answer. Anybody can write such mails. */
  UNANSWERED,
  /** Nothing yet: too many others waited for the DNS, so nobody waited for its answer. */
  UNASKED,
  /** Its signature is good. */
  PROVEN,
  /** Its reporter was authentic before, and its signature is good or likely to be. */
  KNOWN;

  /** As in a description's file. */
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

  /**
   * Whether a new mail of this claim may take the place of an older one. A proven mail takes the
   * place of a weaker claim only, an unproven one also that of an equal claim.
   */
  boolean displaces(Claim other) {
    return isProven() ? other.compareTo(this) < 0 : other.compareTo(this) <= 0;
  }
}
