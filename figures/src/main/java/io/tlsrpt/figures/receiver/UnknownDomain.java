// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.receiver;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;

/**
 * A policy domain that is not ours, and of which a reporter has told nevertheless.
 *
 * @param reporter the last one
 * @param count reports of all reporters
 */
public record UnknownDomain(DomainName domain, DomainName reporter, long count) {
  public UnknownDomain {
    requireNonNull(domain, "domain");
    requireNonNull(reporter, "reporter");
  }
}
