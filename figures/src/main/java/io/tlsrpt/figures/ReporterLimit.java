// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.report.DomainName;
import java.util.function.UnaryOperator;

/**
 * How many reporters a policy domain may have: whoever signs its mails is authentic, and may still
 * want to fill our memory.
 *
 * @param perDomain the most reporters of a policy domain
 * @param organisationOf the domain that a reporter's organisation registered: a few of each at most
 */
public record ReporterLimit(int perDomain, UnaryOperator<DomainName> organisationOf) {
  /** A university may have a mail server in each of its departments. */
  public static final int PER_ORGANISATION = 10;

  public ReporterLimit {
    requireNonNull(organisationOf, "organisationOf");
    if (perDomain < 1) {
      throw new IllegalArgumentException("no place for any reporter");
    }
  }
}
