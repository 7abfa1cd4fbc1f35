// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/**
 * How much failure details take that one reporter of a domain sent in one day.
 *
 * @param day the latest day of receipt
 * @param octets of all reports of that day
 */
public record DetailsUse(LocalDate day, int octets) {
  public DetailsUse {
    requireNonNull(day, "day");
  }

  /**
   * A later day has all its room. An earlier day, of a deferred mail, uses the latest day's room.
   */
  DetailsUse on(LocalDate receipt) {
    return receipt.isAfter(day) ? new DetailsUse(receipt, 0) : this;
  }

  DetailsUse plus(int more) {
    return new DetailsUse(day, octets + more);
  }
}
