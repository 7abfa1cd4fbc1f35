// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import io.tlsrpt.checks.dns.Answer;
import io.tlsrpt.checks.dns.MailHosts;
import io.tlsrpt.checks.dns.Questions;
import io.tlsrpt.checks.judgement.CoverageJudgement;
import io.tlsrpt.checks.judgement.DaneJudgement;
import io.tlsrpt.checks.judgement.HostAnswers;
import io.tlsrpt.checks.judgement.PolicySight;
import io.tlsrpt.checks.judgement.ReportedFacts;
import io.tlsrpt.checks.judgement.TlsRptJudgement;
import io.tlsrpt.checks.targets.Reachable;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.PublishedMode;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One look at a domain: three questions, those about its MX hosts, and the policy. */
final class DomainLook {
  private static final Seen NO_MAIL = new Seen(CheckStatus.ABSENT, Set.of(), List.of(), List.of());

  private final Questions questions;
  private final HostRecords records;
  private final PolicyLook policies;
  private final TlsRptJudgement tlsRpt;
  private final Predicate<HostAnswers> own;
  private final InstantSource clock;

  /**
   * @param own whether an MX host is at an address of ours
   */
  DomainLook(
      Questions questions,
      HostRecords records,
      PolicyLook policies,
      TlsRptJudgement tlsRpt,
      Predicate<HostAnswers> own,
      InstantSource clock) {
    this.questions = questions;
    this.records = records;
    this.policies = policies;
    this.tlsRpt = tlsRpt;
    this.own = own;
    this.clock = clock;
  }

  /**
   * Asks about a domain and its MX hosts, and fetches its policy if that is to be looked at.
   *
   * @param maxAge how old answers about MX hosts may be, which other domains may share
   */
  DomainSight look(DomainName domain, ReportedFacts facts, Duration maxAge) {
    MailHosts mx = mailHosts(domain, maxAge);
    if (mx instanceof MailHosts.NoMail) {
      return new DomainSight(
          NO_MAIL,
          new PolicySight.NotPublished(NO_MAIL),
          NO_MAIL,
          NO_MAIL,
          mx,
          List.of(),
          List.of(),
          facts);
    }
    List<DomainName> hosts = targets(mx);
    PolicySight policy = policies.look(domain);
    List<HostAnswers> answers = hosts.stream().map(host -> records.of(host, maxAge)).toList();
    return new DomainSight(
        tlsRpt.judge(
            domain,
            questions.believed(questions.texts("_smtp._tls", domain)),
            facts.lastReport(),
            mode(policy),
            clock.instant()),
        policy,
        CoverageJudgement.judge(mx, policy),
        DaneJudgement.judge(mx, answers, questions.resolverValidates()),
        mx,
        hosts,
        ownNames(answers),
        facts);
  }

  /**
   * The names under which reports may speak of our MX hosts: if a host's name is an alias and
   * DNSSEC vouches for it, reports name what it is an alias of (RFC 7672 §2.2.3).
   */
  private List<DomainName> ownNames(List<HostAnswers> answers) {
    return answers.stream()
        .filter(own)
        .flatMap(its -> Stream.of(its.host(), its.tlsa().base()))
        .distinct()
        .toList();
  }

  /** A domain without MX is its own MX host, if it has an address. */
  private MailHosts mailHosts(DomainName domain, Duration maxAge) {
    MailHosts mx = questions.believed(questions.mx(domain));
    return mx instanceof MailHosts.Hosts hosts
            && hosts.implicit()
            && records.of(domain, maxAge).addresses() instanceof Answer.Absent
        ? new MailHosts.NoMail(hosts.secure())
        : mx;
  }

  private static List<DomainName> targets(MailHosts mx) {
    return mx instanceof MailHosts.Hosts known
        ? known.hosts().stream().flatMap(host -> Reachable.target(host.name()).stream()).toList()
        : List.of();
  }

  private static PublishedMode mode(PolicySight policy) {
    return policy instanceof PolicySight.Usable readable
        ? PublishedMode.valueOf(readable.policy().mode().name())
        : PublishedMode.UNKNOWN;
  }
}
