// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.checks.dns.MailHosts;
import io.tlsrpt.checks.judgement.DriftJudgement;
import io.tlsrpt.figures.posture.CheckState;
import io.tlsrpt.figures.posture.DomainCheck;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.PublishedPolicy;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A domain over its looks.
 *
 * @param posture as it is shown
 * @param policy what is remembered of its policy
 * @param hosts its MX hosts that can be looked at
 */
record WatchedDomain(Posture posture, PolicyMemory policy, List<DomainName> hosts) {
  WatchedDomain {
    requireNonNull(posture, "posture");
    requireNonNull(policy, "policy");
    hosts = List.copyOf(hosts);
  }

  /** Before its first look. */
  static WatchedDomain before(
      DomainName domain, CheckSettings settings, Instant start, Instant firstLook) {
    Map<DomainCheck, CheckState> checks = new EnumMap<>(DomainCheck.class);
    for (DomainCheck check : DomainCheck.values()) {
      boolean needsPolicy = check == DomainCheck.MX || check == DomainCheck.DRIFT;
      Seen seen = needsPolicy && !settings.looksAtPolicy() ? Seen.OFF : Seen.NOT_YET;
      checks.put(check, CheckState.before(seen, start));
    }
    return new WatchedDomain(
        new Posture(
            domain,
            checks,
            PublishedPolicy.UNKNOWN,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(firstLook)),
        PolicyMemory.none(start),
        List.of());
  }

  /** After one more look. */
  WatchedDomain after(DomainSight sight, CheckSettings settings, Instant at) {
    PolicyMemory memory = policy.after(sight.policy(), at);
    Map<DomainCheck, Seen> seen = new EnumMap<>(DomainCheck.class);
    seen.put(DomainCheck.TLSRPT_RECORD, sight.tlsRptRecord());
    seen.put(DomainCheck.MTA_STS, memory.judge(sight.policy()));
    seen.put(DomainCheck.MX, settings.looksAtPolicy() ? sight.mx() : Seen.OFF);
    seen.put(DomainCheck.DANE, sight.dane());
    seen.put(
        DomainCheck.DRIFT,
        settings.looksAtPolicy()
            ? DriftJudgement.judge(memory.policy(), sight.facts(), at)
            : Seen.OFF);
    Map<DomainCheck, CheckState> checks = new EnumMap<>(DomainCheck.class);
    seen.forEach((check, one) -> checks.put(check, posture.check(check).after(one, at)));
    return new WatchedDomain(
        new Posture(
            posture.domain(),
            checks,
            memory.policy(),
            mxHosts(sight.mailHosts()),
            sight.policy().certificateExpires().or(posture::policyCertificateExpires),
            Optional.of(at),
            Optional.of(at.plus(pause(checks, settings)))),
        memory,
        hostsKnown(sight) ? sight.hosts() : hosts);
  }

  private Duration pause(Map<DomainCheck, CheckState> checks, CheckSettings settings) {
    return checks.values().stream().anyMatch(CheckState::isInDoubt)
        ? Pauses.second(posture.domain())
        : Pauses.usual(settings.interval(), posture.domain());
  }

  /** One that could not be asked keeps the hosts that it had. */
  private static boolean hostsKnown(DomainSight sight) {
    return switch (sight.mailHosts()) {
      case MailHosts.Hosts known -> true;
      case MailHosts.NoMail none -> true;
      case MailHosts.Bogus bogus -> false;
      case MailHosts.Unavailable unavailable -> false;
    };
  }

  private List<Posture.MxRecord> mxHosts(MailHosts mx) {
    return switch (mx) {
      case MailHosts.Hosts known ->
          known.hosts().stream()
              .map(host -> new Posture.MxRecord(host.preference(), host.name()))
              .toList();
      case MailHosts.NoMail none -> List.of();
      case MailHosts.Bogus bogus -> posture.mxHosts();
      case MailHosts.Unavailable unavailable -> posture.mxHosts();
    };
  }

  /** A look disagrees with what is shown, so that another one should follow soon. */
  boolean isInDoubt() {
    return posture.checks().values().stream().anyMatch(CheckState::isInDoubt);
  }
}
