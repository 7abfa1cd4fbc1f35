// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import io.tlsrpt.checks.OpenDoors.Door;
import io.tlsrpt.checks.connections.PolicyFetch;
import io.tlsrpt.checks.connections.PolicyResult;
import io.tlsrpt.checks.dns.Answer;
import io.tlsrpt.checks.dns.Questions;
import io.tlsrpt.checks.judgement.PolicyJudgement;
import io.tlsrpt.checks.judgement.PolicySight;
import io.tlsrpt.checks.records.MtaStsRecord;
import io.tlsrpt.checks.targets.Reachable;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.CheckStatus;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.report.DomainName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at a domain's MTA-STS: the record, then the policy from each address of its host. */
final class PolicyLook {
  private final Questions questions;
  private final Reachable reachable;
  private final Optional<PolicyFetch> fetch;
  private final OpenDoors doors;
  private final Contacts contacts;

  /**
   * A look that can be done again and again.
   *
   * @param fetch empty if the policy is not looked at
   */
  PolicyLook(
      Questions questions,
      Reachable reachable,
      Optional<PolicyFetch> fetch,
      OpenDoors doors,
      Contacts contacts) {
    this.questions = questions;
    this.reachable = reachable;
    this.fetch = fetch;
    this.doors = doors;
    this.contacts = contacts;
  }

  PolicySight look(DomainName domain) {
    return switch (questions.believed(questions.texts("_mta-sts", domain))) {
      case Answer.Unavailable<String>(String words) ->
          without(Seen.unknown("no answer about the MTA-STS record: " + words));
      case Answer.Bogus<String>(String words) ->
          without(Seen.failing("DNSSEC refuses the MTA-STS record: " + words));
      case Answer.Absent<String> none ->
          new PolicySight.NotPublished(Seen.absent("no MTA-STS record"));
      case Answer.Found<String> found ->
          switch (MtaStsRecord.of(found.records())) {
            case MtaStsRecord.None(Optional<String> nearly) ->
                new PolicySight.NotPublished(
                    Seen.absent(
                        "no MTA-STS record"
                            + nearly.map(text -> "; there is only " + text).orElse("")));
            case MtaStsRecord.Several several -> without(badRecord(several.words()));
            case MtaStsRecord.Unreadable(String words) -> without(badRecord(words));
            case MtaStsRecord.Good(String id) ->
                fetch.map(it -> look(domain, id, it)).orElseGet(() -> notLookedAt(id));
          };
    };
  }

  private static Seen badRecord(String words) {
    return Seen.failing(words, FailureKind.STS_POLICY_INVALID);
  }

  private static PolicySight notLookedAt(String id) {
    return new PolicySight.NotLookedAt(
        id, Seen.OK.noting(List.of("the policy itself is not looked at (checks=policy)")));
  }

  private PolicySight look(DomainName domain, String id, PolicyFetch fetching) {
    return PolicyFetch.host(domain)
        .map(host -> look(domain, host, id, fetching))
        .orElseGet(() -> without(Seen.unknown("the name of the policy host would be too long")));
  }

  private PolicySight look(DomainName domain, DomainName host, String id, PolicyFetch fetching) {
    return switch (questions.believed(questions.addresses(host))) {
      case Answer.Unavailable<InetAddress>(String words) ->
          without(
              Seen.unknown(
                  "no answer about the address of " + host + ": " + words,
                  FailureKind.STS_POLICY_FETCH_ERROR));
      case Answer.Bogus<InetAddress>(String words) ->
          without(
              Seen.failing(
                  "DNSSEC refuses the address of " + host + ": " + words,
                  FailureKind.STS_POLICY_FETCH_ERROR));
      case Answer.Absent<InetAddress> none ->
          without(Seen.failing(host + " has no address", FailureKind.STS_POLICY_FETCH_ERROR));
      case Answer.Found<InetAddress> found ->
          worst(
              found.records().stream()
                  .map(address -> look(domain, host, id, address, fetching))
                  .toList());
    };
  }

  private PolicySight look(
      DomainName domain, DomainName host, String id, InetAddress address, PolicyFetch fetching) {
    Optional<String> refusal = reachable.refusal(address);
    if (refusal.isPresent()) {
      return without(
          Seen.unknown(
              "the DNS of this server gives the policy host the address %s (%s), which senders do not see: name its network in checkNetworks"
                  .formatted(address.getHostAddress(), refusal.get())));
    }
    InetSocketAddress target = new InetSocketAddress(address, PolicyFetch.PORT);
    Optional<String> silent = contacts.silentFor(target, domain.value());
    if (silent.isPresent()) {
      return without(
          Seen.unknown(
              "%s did not answer for %s a moment ago"
                  .formatted(address.getHostAddress(), silent.get())));
    }
    PolicyResult result = fetching.fetch(address, host);
    remember(target, domain, result);
    return PolicyJudgement.judge(
        id,
        result,
        doors.isOpen(Door.HTTPS) ? Optional.empty() : Optional.of(OpenDoors.closed(Door.HTTPS)));
  }

  private void remember(InetSocketAddress target, DomainName domain, PolicyResult result) {
    if (result instanceof PolicyResult.NotConnected
        || (result instanceof PolicyResult.NotFetched not && not.outOfTime())) {
      contacts.silent(target, domain.value());
    } else {
      contacts.answered(target);
    }
    if (result.connected() && !reachable.isOwn(target.getAddress())) {
      doors.opened(Door.HTTPS);
    }
  }

  /**
   * One bad address of several is enough for a report; one that could not be looked at is a note
   * beside a good one.
   */
  private static PolicySight worst(List<PolicySight> sights) {
    Optional<PolicySight> failing = first(sights, CheckStatus.FAILING);
    Optional<PolicySight> good = first(sights, CheckStatus.OK);
    if (failing.isPresent() || good.isEmpty()) {
      return failing.orElse(sights.getFirst());
    }
    List<String> notes = new ArrayList<>();
    sights.stream()
        .filter(sight -> sight.seen().status() == CheckStatus.UNKNOWN)
        .forEach(sight -> notes.addAll(sight.seen().faults()));
    return good.get() instanceof PolicySight.Usable readable ? readable.noting(notes) : good.get();
  }

  private static Optional<PolicySight> first(List<PolicySight> sights, CheckStatus status) {
    return sights.stream().filter(sight -> sight.seen().status() == status).findFirst();
  }

  private static PolicySight without(Seen seen) {
    return new PolicySight.NoPolicy(seen, Optional.empty());
  }
}
