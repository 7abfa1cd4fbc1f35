// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A DKIM key under which a signature was good.
 *
 * @param name in the DNS, in lower case
 * @param organisation the registrable domain that the name is in
 * @param record its text
 * @param goodAt when a signature was good under it last
 */
public record KnownKey(String name, String organisation, String record, Instant goodAt) {
  public KnownKey {
    requireNonNull(name, "name");
    requireNonNull(organisation, "organisation");
    requireNonNull(record, "record");
    requireNonNull(goodAt, "goodAt");
  }
}
