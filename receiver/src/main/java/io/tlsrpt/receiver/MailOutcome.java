// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.figures.receiver.ReportOutcome.Accepted;
import io.tlsrpt.figures.receiver.ReportOutcome.Duplicate;
import java.util.List;

/**
 * What became of a mail.
 *
 * @param outcome accepted if any report was accepted, else duplicate if any was a duplicate, else
 *     the outcome of the first report
 * @param allCounted whether every report in it has been counted, now or before
 */
public record MailOutcome(ReportOutcome outcome, boolean allCounted) {

  /**
   * Sums up the outcomes of a mail's reports.
   *
   * @param outcomes at least one
   */
  static MailOutcome of(List<ReportOutcome> outcomes) {
    ReportOutcome best =
        outcomes.stream()
            .filter(Accepted.class::isInstance)
            .findFirst()
            .or(() -> outcomes.stream().filter(Duplicate.class::isInstance).findFirst())
            .orElseGet(outcomes::getFirst);
    return new MailOutcome(best, outcomes.stream().allMatch(MailOutcome::isCounted));
  }

  private static boolean isCounted(ReportOutcome outcome) {
    return outcome instanceof Accepted || outcome instanceof Duplicate;
  }
}
