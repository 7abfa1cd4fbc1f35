// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

/** What became of a mail that was to wait. */
public sealed interface EnqueueResult {
  /** It waits, and will outlive the process. */
  record Enqueued() implements EnqueueResult {}

  /** The very same mail waits already. */
  record AlreadyEnqueued() implements EnqueueResult {}

  /**
   * There is no place for it.
   *
   * @param detail which limit, with its value
   */
  record Full(String detail) implements EnqueueResult {}
}
