// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import java.time.LocalDate;

/**
 * A DKIM key with which accepted reports were signed.
 *
 * @param name of its DNS record, in lower case
 * @param organisation the registrable domain that the name is in
 * @param record the text of its DNS record
 * @param goodOn the last UTC day on which a report signed with it came
 * @param days how many such days there were
 */
public record KnownKey(
    String name, DomainName organisation, String record, LocalDate goodOn, int days) {
  public KnownKey {
    requireNonNull(name, "name");
    requireNonNull(organisation, "organisation");
    requireNonNull(record, "record");
    requireNonNull(goodOn, "goodOn");
  }
}
