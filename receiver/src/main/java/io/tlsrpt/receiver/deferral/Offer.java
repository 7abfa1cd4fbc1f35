// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

/** What became of a mail that was to wait. */
public sealed interface Offer {
  /** It waits, and will outlive the process. */
  record Kept() implements Offer {}

  /** The very same mail waits already. */
  record KeptBefore() implements Offer {}

  /**
   * There is no place for it.
   *
   * @param detail which limit, with its value
   */
  record Full(String detail) implements Offer {}
}
