// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.imports;

import io.tlsrpt.dkim.Authenticator;
import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.receiver.intake.Arrival;
import io.tlsrpt.receiver.intake.Envelope;
import io.tlsrpt.receiver.intake.IntakeResult;
import io.tlsrpt.receiver.intake.IntakeResult.Judged;
import io.tlsrpt.receiver.intake.IntakeResult.Postponed;
import io.tlsrpt.receiver.intake.ReportIntake;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.store.StoreUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Imports mails in order of receipt, each as a server would have judged it then. A mail whose key
 * the DNS does not give is judged again at the end.
 */
final class MailImport {
  private final ReportIntake intake;
  private final Progress progress;
  private final Map<String, Long> outcomes = new TreeMap<>();

  /**
   * Judges by an intake.
   *
   * @param intake whose {@link Authenticator} may ask the DNS
   */
  MailImport(ReportIntake intake, Progress progress) {
    this.intake = intake;
    this.progress = progress;
  }

  /**
   * What an import has come to.
   *
   * @param outcomes how many reports there are of each outcome and reason
   * @param notJudged how many mails could not be judged
   */
  record Result(Map<String, Long> outcomes, long notJudged) {}

  /** Imports mails. */
  Result run(List<ArchivedMail> mails) throws IOException {
    List<ArchivedMail> postponed = judge(mails);
    List<ArchivedMail> notJudged = judge(postponed);
    return new Result(outcomes, notJudged.size());
  }

  /** Judges mails; those that cannot be judged now. */
  private List<ArchivedMail> judge(List<ArchivedMail> mails) throws IOException {
    List<ArchivedMail> postponed = new ArrayList<>();
    long done = 0;
    for (ArchivedMail mail : mails) {
      switch (judge(mail)) {
        case Judged(List<ReportOutcome> all) -> all.forEach(this::count);
        case Postponed why when why.reason() == DeferralReason.STORE ->
            throw new StoreUnavailableException(why.detail());
        case Postponed why -> postponed.add(mail);
      }
      progress.at(++done, mails.size(), "mails");
    }
    return postponed;
  }

  private IntakeResult judge(ArchivedMail mail) throws IOException {
    long most = ReportLimits.DEFAULT.maxMessageSize();
    return mail.length() > most
        ? Judged.of(new Rejected(RejectionReason.MESSAGE_TOO_LARGE, "more than " + most + " bytes"))
        : intake.accept(
            Envelope.fromServer(new Arrival(mail.name(), mail.receipt()), mail.read(most)));
  }

  private void count(ReportOutcome outcome) {
    String reason =
        outcome instanceof Rejected rejected ? " (" + rejected.reason().key() + ")" : "";
    outcomes.merge(outcome.key() + reason, 1L, Long::sum);
  }
}
