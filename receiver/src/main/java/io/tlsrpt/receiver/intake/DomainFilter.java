// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.receiver.domains.ForeignDomains;
import io.tlsrpt.receiver.domains.MxOfOurs;
import io.tlsrpt.receiver.domains.PolicyDomains;
import io.tlsrpt.receiver.intake.Checked.Failed;
import io.tlsrpt.receiver.intake.Checked.Passed;
import io.tlsrpt.receiver.port.DomainsUnavailableException;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.PolicyType;
import io.tlsrpt.report.ReportLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Keeps what reports say of our domains; entries about others are left out (RFC 8460 §7). May be
 * used by many threads at once.
 */
public final class DomainFilter {
  private final PolicyDomains ours;
  private final Predicate<DomainName> nearOurs;

  /**
   * Filters by our domains.
   *
   * @param nearOurs whether a name that is not ours looks like ours
   */
  public DomainFilter(PolicyDomains ours, Predicate<DomainName> nearOurs) {
    this.ours = ours;
    this.nearOurs = nearOurs;
  }

  /**
   * What is left of a report.
   *
   * @param foreign the domains in it that are not ours
   */
  record Filtered(Checked<ReadyReport, Rejected> report, ForeignDomains foreign) {
    static Filtered rejected(Rejected why, ForeignDomains foreign) {
      return new Filtered(new Failed<>(why), foreign);
    }
  }

  /**
   * Keeps the entries that speak of our domains.
   *
   * @throws DomainsUnavailableException if the server cannot say which they are
   */
  Filtered keepOurs(ReadReport report) {
    Map<DomainName, List<PolicyResult>> entries = new TreeMap<>();
    Set<DomainName> others = new LinkedHashSet<>();
    // The server's list may be a database: it is asked once for each domain, not for each entry.
    Map<DomainName, Boolean> asked = new HashMap<>();
    for (PolicyResult entry : report.received().report().policies()) {
      Optional<DomainName> domain = entry.policy().policyDomain().or(report::headerDomain);
      if (domain.isPresent()
          && (asked.computeIfAbsent(domain.get(), ours::contains)
              || isOfMxHost(entry, domain.get()))) {
        entries.computeIfAbsent(domain.get(), d -> new ArrayList<>()).add(entry);
      } else {
        domain.ifPresent(others::add);
      }
    }
    ForeignDomains foreign = ForeignDomains.of(others, MxOfOurs.in(entries.values()).or(nearOurs));
    return entries.isEmpty()
        ? Filtered.rejected(
            new Rejected(RejectionReason.UNKNOWN_DOMAIN, whyUnknown(report, foreign)), foreign)
        : new Filtered(summedUp(report, entries, foreign), foreign);
  }

  /** The policy domain of a TLSA policy is an MX host, though some reporters name the domain. */
  private boolean isOfMxHost(PolicyResult entry, DomainName domain) {
    return entry.policy().policyType().equals(PolicyType.TLSA) && ours.isMxHost(domain);
  }

  private static Checked<ReadyReport, Rejected> summedUp(
      ReadReport report, Map<DomainName, List<PolicyResult>> entries, ForeignDomains foreign) {
    List<Contribution> contributions = new ArrayList<>();
    entries.forEach(
        (domain, results) ->
            contributions.add(Contribution.of(report.received(), domain, results)));
    return contributions.stream().allMatch(Contribution::isPlausible)
        ? new Passed<>(new ReadyReport(report, contributions, foreign))
        : new Failed<>(
            new Rejected(
                RejectionReason.INVALID_COUNT,
                "counts of one domain add up to more than " + ReportLimits.MAX_COUNT));
  }

  private static String whyUnknown(ReadReport report, ForeignDomains foreign) {
    if (foreign.isEmpty()) {
      return "the report names no policy domain, and " + whyNotOfHeader(report);
    }
    boolean lacksDomain =
        report.received().report().policies().stream()
            .anyMatch(entry -> entry.policy().policyDomain().isEmpty());
    return "no policy domain of the report is ours: "
        + foreign
        + (lacksDomain && report.headerDomain().isEmpty()
            ? "; an entry names none, and " + whyNotOfHeader(report)
            : "");
  }

  /** An entry that names no domain has that of the mail's header, if that can be relied on. */
  private static String whyNotOfHeader(ReadReport report) {
    return report.headerIsUnsigned()
        ? "the mail's TLS-Report-Domain is not signed"
        : "the mail has no TLS-Report-Domain that names one";
  }
}
