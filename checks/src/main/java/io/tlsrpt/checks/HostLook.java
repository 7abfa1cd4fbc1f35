// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import io.tlsrpt.checks.OpenDoors.Door;
import io.tlsrpt.checks.connections.SmtpLook;
import io.tlsrpt.checks.connections.SmtpResult;
import io.tlsrpt.checks.dns.Answer;
import io.tlsrpt.checks.dns.Questions;
import io.tlsrpt.checks.judgement.HostAnswers;
import io.tlsrpt.checks.judgement.HostJudgement;
import io.tlsrpt.checks.judgement.HostSight;
import io.tlsrpt.checks.targets.Reachable;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.report.DomainName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** One look at an MX host: at each of its addresses, since one bad one is enough for a report. */
final class HostLook {
  private static final int SMTP = 25;

  /** Of answers: the look that found the host has just asked. */
  private static final Duration MAX_AGE = Duration.ofMinutes(1);

  private final CheckSettings settings;
  private final Questions questions;
  private final HostRecords records;
  private final Reachable reachable;
  private final SmtpLook smtp;
  private final HostJudgement judgement;
  private final OpenDoors doors;
  private final InstantSource clock;

  HostLook(
      CheckSettings settings,
      Questions questions,
      HostRecords records,
      Reachable reachable,
      SmtpLook smtp,
      HostJudgement judgement,
      OpenDoors doors,
      InstantSource clock) {
    this.settings = settings;
    this.questions = questions;
    this.records = records;
    this.reachable = reachable;
    this.smtp = smtp;
    this.judgement = judgement;
    this.doors = doors;
    this.clock = clock;
  }

  /**
   * Connects to each address of an MX host that may be connected to.
   *
   * @param inForce whether senders judge its certificate by a policy of one of its domains
   */
  HostSight look(DomainName host, boolean inForce) {
    HostAnswers answers = records.of(host, MAX_AGE);
    return settings
        .mxAddress(host)
        .map(named -> look(answers, named, inForce))
        .orElseGet(() -> look(answers, inForce));
  }

  private HostSight look(HostAnswers answers, boolean inForce) {
    return switch (answers.addresses()) {
      case Answer.Unavailable<InetAddress>(String words) ->
          HostSight.all(Seen.unknown("no answer about its address: " + words));
      case Answer.Bogus<InetAddress>(String words) ->
          HostSight.all(Seen.unknown("DNSSEC refuses its address: " + words));
      case Answer.Absent<InetAddress> none -> HostSight.all(Seen.unknown("it has no address"));
      case Answer.Found<InetAddress> found -> look(answers, found.records(), inForce);
    };
  }

  private HostSight look(HostAnswers answers, List<InetAddress> addresses, boolean inForce) {
    List<InetAddress> looked =
        settings.looksAtForeignHosts()
            ? addresses
            : addresses.stream().filter(reachable::isOwn).toList();
    return looked.isEmpty()
        ? HostSight.all(Seen.OFF)
        : HostSight.worst(
            looked.stream().map(address -> lookIfAllowed(answers, address, inForce)).toList());
  }

  private HostSight lookIfAllowed(HostAnswers answers, InetAddress address, boolean inForce) {
    return reachable
        .refusal(address)
        .map(
            why ->
                HostSight.all(
                    Seen.unknown(
                        "the DNS of this server gives it the address %s (%s), which senders do not see: name it in mxAddresses or checkNetworks"
                            .formatted(address.getHostAddress(), why))))
        .orElseGet(() -> look(answers, new InetSocketAddress(address, SMTP), inForce));
  }

  private HostSight look(HostAnswers answers, InetSocketAddress target, boolean inForce) {
    InetAddress address = target.getAddress();
    SmtpResult result = smtp.look(address, target.getPort(), answers.host());
    boolean own = reachable.isOwn(address);
    if (result.connected() && !own) {
      doors.opened(Door.SMTP);
    }
    if (!result.connected() && !own && !doors.isOpen(Door.SMTP)) {
      return HostSight.all(Seen.unknown(OpenDoors.closed(Door.SMTP)));
    }
    return judgement.judge(answers, address, result, inForce, validates(), clock.instant());
  }

  private Optional<Boolean> validates() {
    return questions.resolverValidates();
  }
}
