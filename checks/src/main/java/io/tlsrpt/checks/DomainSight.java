// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.checks.dns.MailHosts;
import io.tlsrpt.checks.judgement.PolicySight;
import io.tlsrpt.checks.judgement.ReportedFacts;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.report.DomainName;
import java.util.List;
import java.util.Optional;

/**
 * What one look saw of a domain.
 *
 * @param hosts the MX hosts that can be looked at
 * @param ownHosts those of them at addresses of ours
 */
record DomainSight(
    Seen tlsRptRecord,
    PolicySight policy,
    Seen mx,
    Seen dane,
    MailHosts mailHosts,
    List<DomainName> hosts,
    List<DomainName> ownHosts,
    ReportedFacts facts) {
  DomainSight {
    requireNonNull(tlsRptRecord, "tlsRptRecord");
    requireNonNull(policy, "policy");
    requireNonNull(mx, "mx");
    requireNonNull(dane, "dane");
    requireNonNull(mailHosts, "mailHosts");
    hosts = List.copyOf(hosts);
    ownHosts = List.copyOf(ownHosts);
    requireNonNull(facts, "facts");
  }

  /** Nothing, since the look itself failed; the log says why. */
  static DomainSight failed() {
    Seen unknown = Seen.unknown("the look failed; the log says why");
    return new DomainSight(
        unknown,
        new PolicySight.NoPolicy(unknown, Optional.empty()),
        unknown,
        unknown,
        new MailHosts.Unavailable("not asked"),
        List.of(),
        List.of(),
        ReportedFacts.NONE);
  }
}
