// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

/**
 * The oddities of a mail that some peers do not handle. They are drawn once for the whole mail, so
 * that most mails have few of them.
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
