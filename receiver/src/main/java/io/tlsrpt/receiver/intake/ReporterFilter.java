// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import io.tlsrpt.report.DomainName;
import java.util.Set;

/**
 * Which reporters the administrator wants, since an authentic report may still be worthless. Each
 * domain includes its sub-domains.
 *
 * @param allowed if not empty, no other reporters are wanted
 * @param ignored reporters that are not wanted
 */
public record ReporterFilter(Set<DomainName> allowed, Set<DomainName> ignored) {
  public ReporterFilter {
    allowed = Set.copyOf(allowed);
    ignored = Set.copyOf(ignored);
  }

  /** Whether the reports of a reporter count. */
  public boolean accepts(DomainName reporter) {
    return (allowed.isEmpty() || isAmong(allowed, reporter)) && !isAmong(ignored, reporter);
  }

  private static boolean isAmong(Set<DomainName> domains, DomainName reporter) {
    return domains.stream().anyMatch(reporter::isWithin);
  }
}
