// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import io.tlsrpt.report.PolicyDomain;
import java.util.Set;

/**
 * Whose reports the administrator wants: an authentic one may still be worthless. Sub-domains are
 * meant as well.
 *
 * @param only if not empty, nobody else
 * @param ignored nobody of these
 */
public record ReporterChoice(Set<PolicyDomain> only, Set<PolicyDomain> ignored) {
  public ReporterChoice {
    only = Set.copyOf(only);
    ignored = Set.copyOf(ignored);
  }

  public boolean accepts(String reporter) {
    return (only.isEmpty() || isAmong(only, reporter)) && !isAmong(ignored, reporter);
  }

  private static boolean isAmong(Set<PolicyDomain> domains, String reporter) {
    return domains.stream()
        .map(PolicyDomain::value)
        .anyMatch(domain -> reporter.equals(domain) || reporter.endsWith("." + domain));
  }
}
