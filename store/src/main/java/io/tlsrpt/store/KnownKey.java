// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/**
 * A DKIM key with which accepted reports were signed.
 *
 * @param name in the DNS, in lower case
 * @param organisation the registrable domain that the name is in
 * @param record its text
 * @param goodOn the last UTC day on which such a report came
 * @param days how many such days there were
 */
public record KnownKey(
    String name, String organisation, String record, LocalDate goodOn, int days) {
  public KnownKey {
    requireNonNull(name, "name");
    requireNonNull(organisation, "organisation");
    requireNonNull(record, "record");
    requireNonNull(goodOn, "goodOn");
  }
}
