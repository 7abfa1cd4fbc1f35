// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import io.tlsrpt.checks.certificates.CertificateJudge;
import io.tlsrpt.checks.connections.Deadlines;
import io.tlsrpt.checks.connections.DialogueLimits;
import io.tlsrpt.checks.connections.PolicyFetch;
import io.tlsrpt.checks.connections.SmtpLook;
import io.tlsrpt.checks.dns.Answer;
import io.tlsrpt.checks.dns.Questions;
import io.tlsrpt.checks.judgement.HostAnswers;
import io.tlsrpt.checks.judgement.HostJudgement;
import io.tlsrpt.checks.judgement.HostSight;
import io.tlsrpt.checks.judgement.ReportedFacts;
import io.tlsrpt.checks.judgement.TlsRptJudgement;
import io.tlsrpt.checks.records.Rua;
import io.tlsrpt.checks.targets.Reachable;
import io.tlsrpt.report.DomainName;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Looks by the server's own resolver and by connections of its own. */
final class NetworkEyes implements Eyes {
  private static final String EXAMPLE = "tlsrpt@example.com";

  private final Questions questions;
  private final HostRecords records;
  private final DomainLook domainLook;
  private final HostLook hostLook;

  /** What looks of this kind need from outside. */
  record Tools(
      Questions questions,
      Reachable reachable,
      CertificateJudge certificates,
      Deadlines deadlines,
      DialogueLimits limits,
      int policyPort,
      String ownName) {}

  NetworkEyes(CheckSettings settings, CheckedDomains domains, Tools tools, InstantSource clock) {
    OpenDoors doors = new OpenDoors(clock);
    this.questions = tools.questions();
    this.records = new HostRecords(questions, clock);
    Optional<PolicyFetch> fetch =
        settings.looksAtPolicy()
            ? Optional.of(
                new PolicyFetch(
                    tools.policyPort(),
                    tools.certificates(),
                    tools.deadlines(),
                    tools.limits(),
                    clock))
            : Optional.empty();
    this.domainLook =
        new DomainLook(
            questions,
            records,
            new PolicyLook(questions, tools.reachable(), fetch, doors, new Contacts(clock)),
            new TlsRptJudgement(
                ours(settings, domains), settings.ruas().stream().findFirst().orElse(EXAMPLE)),
            answers -> isOwn(answers, settings, tools.reachable()),
            clock);
    this.hostLook =
        new HostLook(
            settings,
            questions,
            records,
            tools.reachable(),
            new SmtpLook(tools.ownName(), tools.deadlines(), tools.limits()),
            new HostJudgement(tools.certificates()),
            doors,
            clock);
  }

  /** By an address of its own, or since the administrator says where it is. */
  private static boolean isOwn(HostAnswers answers, CheckSettings settings, Reachable reachable) {
    return settings.mxAddress(answers.host()).isPresent()
        || (answers.addresses() instanceof Answer.Found<InetAddress> found
            && found.records().stream().anyMatch(reachable::isOwn));
  }

  private static Predicate<Rua.Mail> ours(CheckSettings settings, CheckedDomains domains) {
    return settings.ruas().isEmpty()
        ? rua -> domains.isOurs(rua.domain())
        : rua -> settings.ruas().stream().anyMatch(rua::is);
  }

  @Override
  public DomainSight lookAt(DomainName domain, ReportedFacts facts, Duration maxAge) {
    return domainLook.look(domain, facts, maxAge);
  }

  @Override
  public HostSight lookAtHost(DomainName host, boolean inForce) {
    return hostLook.look(host, inForce);
  }

  @Override
  public Optional<Boolean> resolverValidates() {
    return questions.resolverValidates();
  }

  @Override
  public void forget(Collection<DomainName> hosts) {
    records.forget(hosts);
  }

  @Override
  public void retain(Set<DomainName> hosts) {
    records.retain(hosts);
  }
}
