// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

/**
 * What a mail has that some peer stumbles over, drawn for the mail as a whole so that most mails
 * have little of it.
 */
record Oddities(
    boolean eightBitHeader,
    boolean eightBitBody,
    boolean controls,
    boolean blanksBeforeColons,
    boolean lastLineOpen) {
  static Oddities of(Odd odd) {
    return new Oddities(
        odd.chance(0.5), odd.chance(0.5), odd.chance(0.06), odd.chance(0.1), odd.chance(0.06));
  }
}
