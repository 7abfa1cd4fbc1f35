// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import io.tlsrpt.dkim.Authenticator;
import io.tlsrpt.dkim.Authenticity;
import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.dkim.Authenticity.Standing;
import io.tlsrpt.dkim.Authenticity.Unauthenticated;
import io.tlsrpt.dkim.Authenticity.Undecided;
import io.tlsrpt.dkim.Author;
import io.tlsrpt.dkim.Fault;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.receiver.deferral.Claim;
import io.tlsrpt.receiver.intake.Checked.Failed;
import io.tlsrpt.receiver.intake.Checked.Passed;
import io.tlsrpt.receiver.intake.IntakeResult.Judged;
import io.tlsrpt.receiver.intake.IntakeResult.Postponed;
import io.tlsrpt.receiver.mime.ReportHeader;
import io.tlsrpt.receiver.port.IntakeStep;
import io.tlsrpt.receiver.port.ReceiverMeters;
import io.tlsrpt.receiver.port.ReceiverMeters.Timing;
import io.tlsrpt.report.DomainName;
import java.util.Optional;

/**
 * Finds out who answers for a mail, and whether the administrator wants reports of that reporter.
 * May be used by many threads at once.
 */
public final class Authentication {
  private final Optional<Authenticator> authenticator;
  private final ReporterFilter choice;
  private final ReceiverMeters meters;

  /**
   * Asks an authenticator.
   *
   * @param authenticator empty if mails are believed without signatures
   */
  public Authentication(
      Optional<Authenticator> authenticator, ReporterFilter choice, ReceiverMeters meters) {
    this.authenticator = authenticator;
    this.choice = choice;
    this.meters = meters;
  }

  /** Who answers for a mail. If a deferred mail has a verdict already, that is taken. */
  Checked<Authenticated, IntakeResult> of(Envelope mail, ReportHeader header) {
    // An unwanted reporter is turned away before its signature is verified. So its mails, genuine
    // or forged, cost no DNS look-up and no place among the mails that wait.
    Optional<DomainName> unwanted = claimedAuthor(mail).filter(author -> !choice.accepts(author));
    return unwanted.isPresent()
        ? ignored(unwanted.get())
        : authenticated(mail, header).then(this::wanted);
  }

  /** The domain of From, which is the reporter if a signature proves it. */
  private Optional<DomainName> claimedAuthor(Envelope mail) {
    return authenticator.flatMap(dkim -> Author.domainOf(mail.mail().header()));
  }

  private Checked<Authenticated, IntakeResult> wanted(Authenticated author) {
    return choice.accepts(author.reporter()) ? new Passed<>(author) : ignored(author.reporter());
  }

  private static Checked<Authenticated, IntakeResult> ignored(DomainName reporter) {
    return rejected(
        new Rejected(
            RejectionReason.REPORTER_IGNORED,
            reporter + " is not in reporters, or is in ignoredReporters"));
  }

  private static Checked<Authenticated, IntakeResult> rejected(Rejected why) {
    return new Failed<>(Judged.of(why));
  }

  private Checked<Authenticated, IntakeResult> authenticated(Envelope mail, ReportHeader header) {
    return switch (authenticity(mail, header)) {
      case Authenticated author -> new Passed<>(author.withSigned(ReportHeader.NAMING_THE_DOMAIN));
      case Unauthenticated(Fault fault, String detail) ->
          rejected(new Rejected(reason(fault), detail));
      case Undecided why -> new Failed<>(postponed(why));
    };
  }

  private Authenticity authenticity(Envelope mail, ReportHeader header) {
    if (mail.verdict().isPresent()) {
      return mail.verdict().get();
    }
    return authenticator.isPresent() ? judged(authenticator.get(), mail) : believed(header);
  }

  private Authenticity judged(Authenticator dkim, Envelope mail) {
    Timing timing = meters.time(IntakeStep.AUTHENTICATE);
    try {
      return dkim.judge(mail.mail(), mail.arrival().receivedAt(), mail.thread());
    } finally {
      timing.close();
    }
  }

  /** Without signatures everything that the header says is believed. */
  private static Authenticity believed(ReportHeader header) {
    DomainName reporter = header.claimedReporter().orElse(ReceivedReport.UNKNOWN_REPORTER);
    return new Authenticated(reporter, ReportHeader.NAMING_THE_DOMAIN);
  }

  private static Postponed postponed(Undecided why) {
    return new Postponed(
        DeferralReason.DNS,
        why.detail(),
        Optional.empty(),
        why.signer(),
        claim(why.standing()),
        Optional.of(why.keyName()),
        why.asked());
  }

  private static Claim claim(Standing standing) {
    return switch (standing) {
      case UNANSWERED -> Claim.UNANSWERED;
      case UNASKED -> Claim.UNASKED;
      case LIKELY -> Claim.KNOWN;
    };
  }

  private static RejectionReason reason(Fault fault) {
    return switch (fault) {
      case MISSING -> RejectionReason.DKIM_MISSING;
      case MISALIGNED -> RejectionReason.DKIM_MISALIGNED;
      case FAILED -> RejectionReason.DKIM_FAILED;
      case LENGTH_TAG -> RejectionReason.DKIM_LENGTH_TAG;
      case SERVICE -> RejectionReason.DKIM_SERVICE;
    };
  }
}
