// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.judgement;

import static io.tlsrpt.figures.FailureKind.CERTIFICATE_HOST_MISMATCH;
import static io.tlsrpt.figures.FailureKind.VALIDATION_FAILURE;

import io.tlsrpt.checks.dns.MailHost;
import io.tlsrpt.checks.dns.MailHosts;
import io.tlsrpt.checks.records.MtaStsPolicy;
import io.tlsrpt.checks.records.NamePattern;
import io.tlsrpt.checks.targets.Reachable;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges whether the policy names each MX host (RFC 8461 §4.1). */
public final class CoverageJudgement {
  private CoverageJudgement() {}

  /** Judges the MX hosts by what was seen of the policy. */
  public static Seen judge(MailHosts mx, PolicySight sight) {
    return switch (sight) {
      case PolicySight.NotLookedAt unseen -> Seen.OFF;
      case PolicySight.NotPublished none -> Seen.absent("no MTA-STS policy");
      case PolicySight.NoPolicy none -> Seen.unknown("no policy to compare with");
      case PolicySight.Usable readable ->
          switch (mx) {
            case MailHosts.Unavailable(String words) -> Seen.unknown("no answer: " + words);
            case MailHosts.Bogus(String words) -> Seen.failing("DNSSEC refuses MX: " + words);
            case MailHosts.NoMail none -> Seen.absent("the domain takes no mail");
            case MailHosts.Hosts hosts -> judge(hosts, readable.policy());
          };
    };
  }

  private static Seen judge(MailHosts.Hosts mx, MtaStsPolicy.Valid policy) {
    List<String> faults = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    List<DomainName> names = new ArrayList<>();
    for (MailHost host : mx.hosts()) {
      Optional<DomainName> name = Reachable.target(host.name());
      name.ifPresent(names::add);
      if (name.isEmpty()) {
        notes.add("MX " + host.name() + " is no host name: senders need one");
      } else if (!policy.covers(name.get())) {
        faults.add(notCovered(name.get(), policy));
      }
    }
    policy.patterns().stream()
        .filter(pattern -> names.stream().noneMatch(pattern::matches))
        .forEach(pattern -> notes.add("no MX host is named by the policy's line mx: " + pattern));
    if (mx.more() > 0) {
      notes.add("%d more MX hosts are not looked at".formatted(mx.more()));
    }
    if (policy.mode() == MtaStsMode.NONE) {
      return Seen.OK.noting(notes);
    }
    return faults.isEmpty()
        ? Seen.OK.noting(notes)
        : new Seen(
            CheckStatus.FAILING,
            Set.of(VALIDATION_FAILURE, CERTIFICATE_HOST_MISMATCH),
            faults,
            notes);
  }

  private static String notCovered(DomainName host, MtaStsPolicy.Valid policy) {
    return host
        + " is an MX host and in no mx: line of the policy"
        + policy
            .coversButForLabels(host)
            .map(NamePattern::toString)
            .map(pattern -> " (" + pattern + " covers one label only)")
            .orElse("");
  }
}
