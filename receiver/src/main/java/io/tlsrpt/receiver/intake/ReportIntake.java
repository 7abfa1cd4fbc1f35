// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.dkim.KnownKeys;
import io.tlsrpt.dns.OrganisationalDomain;
import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.receiver.deferral.Claim;
import io.tlsrpt.receiver.domains.ForeignDomains;
import io.tlsrpt.receiver.domains.UnknownDomains;
import io.tlsrpt.receiver.intake.Checked.Failed;
import io.tlsrpt.receiver.intake.Checked.Passed;
import io.tlsrpt.receiver.intake.DomainFilter.Filtered;
import io.tlsrpt.receiver.intake.IntakeResult.Judged;
import io.tlsrpt.receiver.intake.IntakeResult.Postponed;
import io.tlsrpt.receiver.port.DomainsUnavailableException;
import io.tlsrpt.receiver.port.IntakeStep;
import io.tlsrpt.receiver.port.ReceiverMeters;
import io.tlsrpt.receiver.port.ReceiverMeters.Timing;
import io.tlsrpt.store.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a mail, one verb a step: find what may be reports → authenticate → read under limits →
 * keep our domains → commit ═ → publish. Bad input ends in an outcome. A failure of the DNS, the
 * store or the list of domains postpones the whole mail. Neither throws an exception. May be used
 * by many threads at once.
 */
public final class ReportIntake {
  private static final Logger LOGGER = LoggerFactory.getLogger(ReportIntake.class);

  private final MailReports reports;
  private final Authentication authentication;
  private final LargeReadings largeReadings;
  private final DomainFilter domains;
  private final ReportCommit commit;
  private final UnknownDomains unknown;
  private final KnownKeys knownKeys;
  private final ReceiverMeters meters;

  /**
   * Puts the steps together.
   *
   * @param unknown is told of domains that are not ours
   * @param knownKeys tell whose mails have a better claim to a place while they wait
   */
  public ReportIntake(
      MailReports reports,
      Authentication authentication,
      LargeReadings largeReadings,
      DomainFilter domains,
      ReportCommit commit,
      UnknownDomains unknown,
      KnownKeys knownKeys,
      ReceiverMeters meters) {
    this.reports = reports;
    this.authentication = authentication;
    this.largeReadings = largeReadings;
    this.domains = domains;
    this.commit = commit;
    this.unknown = unknown;
    this.knownKeys = knownKeys;
    this.meters = meters;
  }

  /** Judges a mail, for the first time or again: all its reports, or none of them. */
  public IntakeResult accept(Envelope mail) {
    try {
      return switch (reports.find(mail)) {
        case Failed<Candidates, IntakeResult>(IntakeResult nothing) -> nothing;
        case Passed<Candidates, IntakeResult>(Candidates found) ->
            switch (authentication.of(mail, found.header())) {
              case Failed<Authenticated, IntakeResult>(IntakeResult why) -> why;
              case Passed<Authenticated, IntakeResult>(Authenticated author) ->
                  readAndCommit(mail, found, author);
            };
      };
    } catch (Throwable e) {
      return Judged.of(Guard.rejection(mail.arrival(), e));
    }
  }

  private IntakeResult readAndCommit(Envelope mail, Candidates found, Authenticated author) {
    LargeReadings.Turn turn = largeReadings.begin();
    try {
      List<Filtered> ours =
          read(mail, found, author, turn).stream().map(this::keepOurDomains).toList();
      List<ReportOutcome> outcomes =
          commit.commit(mail, ours.stream().map(Filtered::report).toList());
      // Only after the commit: a postponed mail passes here again and would be counted twice.
      ours.forEach(one -> unknown.refuse(one.foreign(), author.reporter()));
      return new Judged(outcomes);
    } catch (StoreUnavailableException e) {
      return postponed(DeferralReason.STORE, "it cannot be stored: " + e.getMessage(), author);
    } catch (DomainsUnavailableException e) {
      LOGGER.debug("The server cannot say which domains it serves", e);
      return postponed(
          DeferralReason.DOMAINS,
          "the server cannot say which domains it serves: " + e.getCause(),
          author);
    } finally {
      turn.close();
    }
  }

  private List<Checked<ReadReport, Rejected>> read(
      Envelope mail, Candidates found, Authenticated author, LargeReadings.Turn turn) {
    Timing timing = meters.time(IntakeStep.READ);
    try {
      return reports.read(mail, found, author, turn::take);
    } finally {
      timing.close();
    }
  }

  private Filtered keepOurDomains(Checked<ReadReport, Rejected> read) {
    return switch (read) {
      case Failed<ReadReport, Rejected>(Rejected why) ->
          Filtered.rejected(why, ForeignDomains.NONE);
      case Passed<ReadReport, Rejected>(ReadReport report) -> {
        meters.recordReport(report.size());
        yield domains.keepOurs(report);
      }
    };
  }

  private Postponed postponed(DeferralReason reason, String detail, Authenticated author) {
    boolean isKnown = knownKeys.knows(OrganisationalDomain.of(author.reporter()));
    return new Postponed(
        reason,
        detail,
        Optional.of(author),
        author.reporter(),
        isKnown ? Claim.KNOWN : Claim.PROVEN,
        Optional.empty(),
        true);
  }
}
