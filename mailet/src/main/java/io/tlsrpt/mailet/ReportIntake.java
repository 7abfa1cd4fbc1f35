// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.RejectionReason;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.ReportOutcome;
import io.tlsrpt.figures.ReportOutcome.Accepted;
import io.tlsrpt.figures.ReportOutcome.Duplicate;
import io.tlsrpt.figures.ReportOutcome.Rejected;
import io.tlsrpt.mailet.Readout.Refused;
import io.tlsrpt.mailet.Readout.Report;
import io.tlsrpt.mailet.ReportParts.Leaf;
import io.tlsrpt.mailet.ReportParts.Search.Found;
import io.tlsrpt.mailet.ReportParts.Search.TooMuch;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ParseResult.Malformed;
import io.tlsrpt.report.ParseResult.Parsed;
import io.tlsrpt.report.PolicyDomain;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.ReportParser;
import io.tlsrpt.report.TlsReport;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreOutcome;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The way of a mail, one verb a step: find the report parts → decompress and parse under limits →
 * keep our domains → commit ═ → publish → count. Bad input ends in an outcome, never in an
 * exception. May be used by many threads at once.
 */
final class ReportIntake {
  private final BodyReader bodies;
  private final ReportParts parts;
  private final PolicyDomains ours;
  private final ReportStore store;
  private final ReceiverBoard board;

  ReportIntake(
      BodyReader bodies,
      ReportParts parts,
      PolicyDomains ours,
      ReportStore store,
      ReceiverBoard board) {
    this.bodies = bodies;
    this.parts = parts;
    this.ours = ours;
    this.store = store;
    this.board = board;
  }

  /**
   * Judges every report in a mail; at least one outcome, since a mail without any is one rejection.
   */
  List<ReportOutcome> accept(Envelope mail) {
    return board.guarded(
        mail.arrival(), () -> outcomes(mail), why -> List.of(rejected(mail.arrival(), why)));
  }

  private List<ReportOutcome> outcomes(Envelope mail) {
    try {
      MimeMessage message = mail.message();
      ReportHeader header = ReportHeader.of(message);
      return switch (parts.in(message)) {
        case TooMuch(Rejected why) -> List.of(rejected(mail.arrival(), why));
        case Found(List<Leaf> labelled, List<Leaf> others) ->
            judged(mail, header, distinct(read(mail, header, labelled, others)));
      };
    } catch (MessagingException e) {
      return List.of(
          rejected(
              mail.arrival(),
              new Rejected(
                  RejectionReason.NOT_A_REPORT, "the MIME structure of the mail is broken")));
    }
  }

  /**
   * All that is labelled as a report, and of the other parts those that are one by their content.
   */
  private List<Readout> read(
      Envelope mail, ReportHeader header, List<Leaf> labelled, List<Leaf> others) {
    List<Readout> readouts = new ArrayList<>();
    for (Leaf leaf : labelled) {
      readouts.add(read(mail, header, () -> bodies.read(leaf)));
    }
    for (Leaf leaf : others) {
      if (read(mail, header, () -> bodies.readUnlabelled(leaf)) instanceof Report report) {
        readouts.add(report);
      }
    }
    return readouts;
  }

  private Readout read(Envelope mail, ReportHeader header, Supplier<ParseResult> reading) {
    return board.guarded(
        mail.arrival(),
        () ->
            switch (reading.get()) {
              case Malformed(ParseResult.Reason reason, String where) ->
                  new Refused(new Rejected(reason(reason), where));
              case Parsed(TlsReport report, Deviations deviations) ->
                  received(mail, header, report, deviations);
            },
        Refused::new);
  }

  private static Report received(
      Envelope mail, ReportHeader header, TlsReport report, Deviations deviations) {
    ReceivedReport received =
        new ReceivedReport(header.claimedReporter(), mail.arrival().receivedAt(), report);
    Deviations all = header.deviations(deviations, report);
    return new Report(
        received,
        ReportIdentity.of(received),
        received.hasAbsurdRange() ? all.plus(Deviation.DATE_RANGE_ABSURD) : all);
  }

  /** The same report twice in one mail, as JSON and as gzip perhaps, is one. */
  private static List<Readout> distinct(List<Readout> readouts) {
    Set<ReportIdentity> seen = new HashSet<>();
    return readouts.stream()
        .filter(readout -> !(readout instanceof Report report) || seen.add(report.identity()))
        .toList();
  }

  private List<ReportOutcome> judged(Envelope mail, ReportHeader header, List<Readout> readouts) {
    if (readouts.isEmpty()) {
      return List.of(
          rejected(
              mail.arrival(),
              new Rejected(RejectionReason.NOT_A_REPORT, "no body part is a TLS report")));
    }
    return readouts.stream().map(readout -> judged(mail, header, readout)).toList();
  }

  private ReportOutcome judged(Envelope mail, ReportHeader header, Readout readout) {
    return switch (readout) {
      case Refused(Rejected why) -> rejected(mail.arrival(), why);
      case Report report -> board.judge(mail.arrival(), () -> commit(report, header));
    };
  }

  private ReportOutcome rejected(Arrival mail, Rejected why) {
    return board.judge(mail, () -> why);
  }

  private ReportOutcome commit(Report report, ReportHeader header) {
    ReceivedReport received = report.received();
    Map<PolicyDomain, List<PolicyResult>> entries = ourEntries(received.report(), header);
    if (entries.isEmpty()) {
      return new Rejected(RejectionReason.UNKNOWN_DOMAIN, "no policy domain of the report is ours");
    }
    List<Contribution> contributions = new ArrayList<>();
    entries.forEach(
        (domain, results) -> contributions.add(Contribution.of(received, domain, results)));
    if (!contributions.stream().allMatch(Contribution::isPlausible)) {
      return new Rejected(
          RejectionReason.INVALID_COUNT,
          "counts of one domain add up to more than " + ReportParser.MAX_COUNT);
    }
    return switch (store.commit(report.identity(), contributions)) {
      case StoreOutcome.Refused(Rejected why) -> why;
      case StoreOutcome.AlreadyStored already -> new Duplicate();
      case StoreOutcome.Stored(List<DomainState> states) -> {
        board.publish(states);
        yield new Accepted(report.deviations());
      }
    };
  }

  /** The entries that speak of our domains; foreign ones are left out (RFC 8460 §7). */
  private Map<PolicyDomain, List<PolicyResult>> ourEntries(TlsReport report, ReportHeader header) {
    Map<PolicyDomain, List<PolicyResult>> entries = new TreeMap<>();
    for (PolicyResult entry : report.policies()) {
      entry
          .policy()
          .policyDomain()
          .or(header::policyDomain)
          .filter(ours::contains)
          .ifPresent(domain -> entries.computeIfAbsent(domain, d -> new ArrayList<>()).add(entry));
    }
    return entries;
  }

  private static RejectionReason reason(ParseResult.Reason reason) {
    return switch (reason) {
      case DECOMPRESSION -> RejectionReason.DECOMPRESSION;
      case REPORT_TOO_LARGE -> RejectionReason.REPORT_TOO_LARGE;
      case LIMIT -> RejectionReason.LIMIT;
      case MALFORMED -> RejectionReason.MALFORMED;
      case NO_POLICIES -> RejectionReason.NO_POLICIES;
      case INVALID_COUNT -> RejectionReason.INVALID_COUNT;
      case INVALID_DOMAIN -> RejectionReason.INVALID_DOMAIN;
    };
  }
}
