// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;

/**
 * In which line a question waits until the DNS is asked.
 *
 * @param organisation the registrable domain of the name that is asked about; limits count by it
 * @param known whether the name proved good before, so that no stranger can have made it up; such
 *     questions do not wait behind those of strangers
 */
public record Line(DomainName organisation, boolean known) {
  public Line {
    requireNonNull(organisation, "organisation");
  }
}
