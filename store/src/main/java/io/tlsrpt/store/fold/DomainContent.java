// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;

/** What a report says, by its digest, about a domain. */
public record DomainContent(DomainName domain, long content) {
  public DomainContent {
    requireNonNull(domain, "domain");
  }
}
