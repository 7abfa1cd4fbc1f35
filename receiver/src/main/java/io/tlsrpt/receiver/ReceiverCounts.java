// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.figures.receiver.ReceiverState;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.figures.receiver.ReportOutcome.Accepted;
import io.tlsrpt.figures.receiver.ReportOutcome.Deferred;
import io.tlsrpt.figures.receiver.ReportOutcome.Duplicate;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.receiver.intake.Arrival;
import io.tlsrpt.receiver.port.ReceiverMeters;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.view.RejectedMail;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts reports by outcome, and logs each. A report and its outcome are counted in one atomic
 * step, so that the number of reports is always the sum of the outcomes. May be used by many
 * threads at once.
 */
final class ReceiverCounts {
  private static final Logger LOGGER = LoggerFactory.getLogger(ReceiverCounts.class);

  private final AtomicReference<ReceiverState> state;
  private final ReceiverMeters meters;
  private final LastRejections rejections = new LastRejections();

  /** Starts with all counts at 0. */
  ReceiverCounts(Instant start, ReceiverMeters meters) {
    this.state = new AtomicReference<>(ReceiverState.startedAt(start));
    this.meters = meters;
  }

  ReceiverState state() {
    return state.get();
  }

  /** The last rejected reports, the last one first. */
  List<RejectedMail> lastRejections() {
    return rejections.newestFirst();
  }

  /** Whether mails wait for the store. */
  boolean waitsForStore() {
    return state.get().deferred(DeferralReason.STORE) > 0;
  }

  /** Counts a report with its outcome. */
  ReportOutcome add(Arrival mail, ReportOutcome outcome) {
    add(mail, List.of(outcome));
    return outcome;
  }

  /** Counts the reports of a mail, all at once. */
  void add(Arrival mail, List<ReportOutcome> outcomes) {
    state.updateAndGet(counts -> plus(counts, mail, outcomes));
    tell(mail, outcomes);
  }

  /** Counts the reports of a mail that was counted as one deferred report, and no longer is. */
  void addAfterWait(Arrival mail, DeferralReason waitedFor, List<ReportOutcome> outcomes) {
    state.updateAndGet(counts -> plus(counts.minusDeferred(waitedFor), mail, outcomes));
    tell(mail, outcomes);
  }

  private static ReceiverState plus(
      ReceiverState before, Arrival mail, List<ReportOutcome> outcomes) {
    ReceiverState after = before;
    for (ReportOutcome outcome : outcomes) {
      after = after.plus(outcome, mail.receivedAt());
    }
    return after;
  }

  private void tell(Arrival mail, List<ReportOutcome> outcomes) {
    for (ReportOutcome outcome : outcomes) {
      meters.recordOutcome(outcome);
      if (outcome instanceof Rejected(RejectionReason reason, String detail)) {
        rejections.add(new RejectedMail(mail.receivedAt(), mail.mailName(), reason, detail));
      }
      log(mail, outcome);
    }
  }

  private static void log(Arrival mail, ReportOutcome outcome) {
    switch (outcome) {
      case Rejected(RejectionReason reason, String detail) ->
          LOGGER.info(
              "TLS report in mail {} rejected ({}): {}", mail.mailName(), reason.key(), detail);
      case Deferred(DeferralReason reason, String detail) ->
          LOGGER.info(
              "TLS report in mail {} deferred ({}): {}", mail.mailName(), reason.key(), detail);
      case Accepted(Deviations deviations, String leftOut) when !deviations.isEmpty() ->
          LOGGER.info(
              "TLS report in mail {} accepted with deviations: {}",
              mail.mailName(),
              leftOut.isEmpty() ? deviations : deviations + "; " + leftOut);
      case Accepted accepted -> LOGGER.debug("TLS report in mail {} accepted", mail.mailName());
      case Duplicate(Deviations deviations) when !deviations.isEmpty() ->
          LOGGER.info("TLS report in mail {}: duplicate, {}", mail.mailName(), deviations);
      case Duplicate duplicate -> LOGGER.debug("TLS report in mail {}: duplicate", mail.mailName());
    }
  }
}
