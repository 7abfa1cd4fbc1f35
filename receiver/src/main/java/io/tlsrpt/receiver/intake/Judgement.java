// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.receiver.deferral.Claim;
import java.util.List;
import java.util.Optional;

/** What the judging of a mail came to. */
public sealed interface Judgement {

  /**
   * Every report in it has been judged.
   *
   * @param outcomes at least one, since a mail without a report is one rejection
   */
  record Judged(List<ReportOutcome> outcomes) implements Judgement {
    public Judged {
      outcomes = List.copyOf(outcomes);
    }

    public static Judged of(Rejected why) {
      return new Judged(List.of(why));
    }
  }

  /**
   * The world does not let it be judged now; nothing of it has been committed.
   *
   * @param verdict who answers for the mail, if that is settled
   * @param signer whose mail it is, as far as anybody knows
   * @param claim how well that is known
   * @param key the name in the DNS of the key that is waited for, if one is
   * @param asked whether the world had its chance: if not, it is our own doing that the mail waits
   */
  record Postponed(
      DeferralReason reason,
      String detail,
      Optional<Authenticated> verdict,
      String signer,
      Claim claim,
      Optional<String> key,
      boolean asked)
      implements Judgement {
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
