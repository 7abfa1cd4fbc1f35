// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.RejectionReason;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportOutcome;
import io.tlsrpt.figures.ReportOutcome.Accepted;
import io.tlsrpt.figures.ReportOutcome.Duplicate;
import io.tlsrpt.figures.ReportOutcome.Rejected;
import io.tlsrpt.mailet.Readout.Refused;
import io.tlsrpt.mailet.Readout.Report;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.PolicyDomain;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.ReportParser;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The way of a mail, one verb a step: find and read its reports → keep our domains → commit ═ →
 * publish → count. Bad input ends in an outcome, never in an exception. May be used by many threads
 * at once.
 */
final class ReportIntake {
  private final MailReports reports;
  private final PolicyDomains ours;
  private final ReportStore store;
  private final ReceiverBoard board;

  ReportIntake(MailReports reports, PolicyDomains ours, ReportStore store, ReceiverBoard board) {
    this.reports = reports;
    this.ours = ours;
    this.store = store;
    this.board = board;
  }

  /**
   * Judges every report in a mail; at least one outcome, since a mail without any is one rejection.
   */
  List<ReportOutcome> accept(Envelope mail) {
    return reports.in(mail).stream()
        .map(
            readout ->
                switch (readout) {
                  case Refused(Rejected why) -> board.judge(mail.arrival(), () -> why);
                  case Report report -> board.judge(mail.arrival(), () -> commit(report));
                })
        .toList();
  }

  private ReportOutcome commit(Report report) {
    ReceivedReport received = report.received();
    Map<PolicyDomain, List<PolicyResult>> entries = ourEntries(report);
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
    ReportContent content = ReportContent.of(received);
    return switch (store.commit(report.identity(), content, contributions)) {
      case StoreOutcome.Refused(Rejected why) -> why;
      case StoreOutcome.AlreadyStored(boolean sameContent) ->
          new Duplicate(
              sameContent
                  ? Deviations.NONE
                  : Deviations.NONE.plus(Deviation.CONFLICTING_DUPLICATE));
      case StoreOutcome.Stored(List<DomainState> states, boolean contentKnown) -> {
        board.publish(states);
        yield new Accepted(
            contentKnown
                ? report.deviations().plus(Deviation.POSSIBLE_RESEND)
                : report.deviations());
      }
    };
  }

  /** The entries that speak of our domains; foreign ones are left out (RFC 8460 §7). */
  private Map<PolicyDomain, List<PolicyResult>> ourEntries(Report report) {
    Map<PolicyDomain, List<PolicyResult>> entries = new TreeMap<>();
    for (PolicyResult entry : report.received().report().policies()) {
      entry
          .policy()
          .policyDomain()
          .or(report::headerDomain)
          .filter(ours::contains)
          .ifPresent(domain -> entries.computeIfAbsent(domain, d -> new ArrayList<>()).add(entry));
    }
    return entries;
  }
}
