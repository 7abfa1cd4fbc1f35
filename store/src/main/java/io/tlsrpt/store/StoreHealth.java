// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** Whether a store can be used. */
public sealed interface StoreHealth {

  /** Reports are stored. */
  record Available() implements StoreHealth {}

  /**
   * Reports cannot be stored.
   *
   * @param since when the outage was noticed
   * @param error what is wrong, in words
   */
  record Unavailable(Instant since, String error) implements StoreHealth {
    public Unavailable {
      requireNonNull(since, "since");
      requireNonNull(error, "error");
    }
  }
}
