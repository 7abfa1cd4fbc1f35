// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.domains;

import io.tlsrpt.dns.OrganisationalDomain;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.PolicyResult;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Recognises names that share the registrable domain of an MX host of ours, as the report itself
 * names these hosts. Under DANE a reporter may name the MX host where it should name the policy
 * domain.
 *
 * @param organisations registrable domains of those hosts
 */
public record MxOfOurs(Set<DomainName> organisations) implements Predicate<DomainName> {
  private static final String WILDCARD = "*.";

  public MxOfOurs {
    organisations = Set.copyOf(organisations);
  }

  /**
   * The hosts that a report's policies name.
   *
   * @param aboutOurs what it says of our domains, for each of them
   */
  public static MxOfOurs in(Collection<List<PolicyResult>> aboutOurs) {
    return new MxOfOurs(
        aboutOurs.stream()
            .flatMap(List::stream)
            .flatMap(entry -> entry.policy().mxHost().stream())
            .map(host -> host.startsWith(WILDCARD) ? host.substring(WILDCARD.length()) : host)
            .flatMap(host -> DomainName.parse(host).stream())
            .map(OrganisationalDomain::of)
            .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public boolean test(DomainName domain) {
    return organisations.contains(OrganisationalDomain.of(domain));
  }
}
