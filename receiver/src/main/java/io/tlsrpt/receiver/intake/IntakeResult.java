// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.receiver.deferral.Claim;
import io.tlsrpt.report.DomainName;
import java.util.List;
import java.util.Optional;

/** The result of judging a mail. */
public sealed interface IntakeResult {

  /**
   * Every report in it has been judged.
   *
   * @param outcomes at least one, since a mail without a report is one rejection
   */
  record Judged(List<ReportOutcome> outcomes) implements IntakeResult {
    public Judged {
      outcomes = List.copyOf(outcomes);
    }

    /** A mail that is rejected as a whole. */
    public static Judged of(Rejected why) {
      return new Judged(List.of(why));
    }
  }

  /**
   * The mail cannot be judged now, because the DNS, the store or the list of domains fails. Nothing
   * of it has been committed.
   *
   * @param verdict who answers for the mail, if that is known
   * @param signer whose mail it is, as far as anybody knows
   * @param claim to a place among the mails that wait
   * @param key the DNS name of the key that the mail waits for, if it waits for one
   * @param asked whether what fails was really asked; false if too many others waited for the DNS
   */
  record Postponed(
      DeferralReason reason,
      String detail,
      Optional<Authenticated> verdict,
      DomainName signer,
      Claim claim,
      Optional<String> key,
      boolean asked)
      implements IntakeResult {
    public Postponed {
      requireNonNull(reason, "reason");
      requireNonNull(detail, "detail");
      requireNonNull(verdict, "verdict");
      requireNonNull(signer, "signer");
      requireNonNull(claim, "claim");
      requireNonNull(key, "key");
    }
  }
}
