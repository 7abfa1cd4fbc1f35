// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import io.tlsrpt.dns.OrganisationalDomain;
import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.figures.receiver.ReportOutcome.Deferred;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.receiver.deferral.DeferralQueue;
import io.tlsrpt.receiver.deferral.DeferredMail;
import io.tlsrpt.receiver.deferral.EnqueueResult;
import io.tlsrpt.receiver.deferral.RetryHandler;
import io.tlsrpt.receiver.intake.Arrival;
import io.tlsrpt.receiver.intake.Envelope;
import io.tlsrpt.receiver.intake.IntakeResult;
import io.tlsrpt.receiver.intake.IntakeResult.Judged;
import io.tlsrpt.receiver.intake.IntakeResult.Postponed;
import io.tlsrpt.receiver.intake.ReportIntake;
import io.tlsrpt.view.WaitingMail;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects the intake with the queue of deferred mails. Puts mails into the queue, judges them
 * again when the queue says so, and counts their outcomes.
 */
final class DeferralPolicy implements RetryHandler, AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(DeferralPolicy.class);

  /** As long as a reporter itself tries to deliver a report: RFC 8460 §5.5. */
  private static final Duration LONGEST_WAIT_FOR_DNS = Duration.ofHours(24);

  /** Tries of this process before the DNS may be blamed. */
  private static final int FEWEST_TRIES = 4;

  /** Times in a row that a mail may exhaust memory, with growing pauses between them. */
  private static final int MOST_FAILURES = 8;

  private static final int MOST_SHOWN = 100;

  private final ReportIntake intake;
  private final ReceiverCounts counts;
  private final InstantSource clock;
  private final DeferralQueue queue;

  /**
   * Lets mails wait in a directory.
   *
   * @param root see {@link DeferralQueue}
   */
  DeferralPolicy(
      Path root, Path directory, ReportIntake intake, ReceiverCounts counts, InstantSource clock) {
    this.intake = intake;
    this.counts = counts;
    this.clock = clock;
    this.queue = new DeferralQueue(root, directory, clock, this);
  }

  /** Takes over the mails that an earlier process left, and begins to judge mails again. */
  void open() {
    queue.start();
  }

  @Override
  public void takenOver(DeferredMail deferred) {
    counts.add(
        arrival(deferred),
        List.of(new Deferred(deferred.reason(), "left by an earlier run or another server")));
  }

  /** The mails that wait, the oldest first; at most 100. */
  List<WaitingMail> waiting() {
    return queue.oldest(MOST_SHOWN).stream()
        .map(
            one ->
                new WaitingMail(
                    one.deferred().receivedAt(),
                    one.deferred().mailName(),
                    one.deferred().reason(),
                    one.due(),
                    one.tries()))
        .toList();
  }

  /** Makes the mails due at once that wait for something, since that works again. */
  void retryNow(DeferralReason reason) {
    queue.retryNow(reason);
  }

  /** Makes the mails due at once that wait for a key, since the DNS has answered. */
  void answered(String key) {
    queue.retryNow(key);
  }

  /**
   * Lets a mail wait.
   *
   * @return deferred, or rejected if the queue has no place for the mail
   * @throws NotKeptException if the mail cannot be written to disk
   */
  ReportOutcome defer(Envelope mail, Postponed why) throws NotKeptException {
    Arrival arrival = mail.arrival();
    DeferredMail waiting =
        new DeferredMail(
            arrival.mailName(),
            arrival.receivedAt(),
            why.reason(),
            why.verdict(),
            OrganisationalDomain.of(why.signer()),
            why.claim(),
            why.key());
    Deferred deferred = new Deferred(why.reason(), why.detail());
    return switch (offer(waiting, mail, () -> counts.add(arrival, deferred))) {
      case EnqueueResult.Enqueued kept -> deferred;
      case EnqueueResult.AlreadyEnqueued before -> deferred;
      case EnqueueResult.Full(String detail) ->
          counts.add(
              arrival, new Rejected(RejectionReason.DEFERRAL_LIMIT, detail + "; " + why.detail()));
    };
  }

  private EnqueueResult offer(DeferredMail deferred, Envelope mail, Runnable count)
      throws NotKeptException {
    try {
      return queue.offer(deferred, mail.mail().bytes(), mail.mail().size(), count);
    } catch (IOException | RuntimeException | Error e) {
      throw new NotKeptException(
          "TLS report in mail "
              + deferred.mailName()
              + " must wait ("
              + deferred.reason().key()
              + ") but cannot be kept: "
              + e,
          e);
    }
  }

  @Override
  public Result judge(DeferredMail waited, byte[] bytes, int tries, int failures) {
    DeferredMail deferred = waited.notAfter(clock.instant());
    Envelope mail = Envelope.fromWait(arrival(deferred), bytes, deferred.verdict());
    return switch (accepted(mail, failures)) {
      case Judged(List<ReportOutcome> outcomes) -> settled(deferred, outcomes);
      case Postponed why when hasWaitedTooLong(deferred, why, tries) ->
          settled(
              deferred,
              List.of(
                  new Rejected(
                      RejectionReason.DEFERRED_TOO_LONG,
                      "after " + LONGEST_WAIT_FOR_DNS.toHours() + " hours " + why.detail())));
      case Postponed why -> again(deferred, why);
    };
  }

  /**
   * Judges a mail. If it exhausts memory, other mails may be the cause, so it is tried again. It is
   * given up after {@link #MOST_FAILURES} such failures in a row.
   */
  private IntakeResult accepted(Envelope mail, int failures) {
    try {
      return intake.accept(mail);
    } catch (OutOfMemoryError e) {
      if (failures < MOST_FAILURES) {
        throw e;
      }
      LOGGER.error("Not enough memory for mail {}: given up", mail.arrival().mailName(), e);
      return Judged.of(
          new Rejected(
              RejectionReason.INTERNAL, "not enough memory, " + (failures + 1) + " times"));
    }
  }

  /**
   * Whether a mail that waits for the DNS is given up. A server that was down all day, or is new,
   * has not asked yet, so age alone is not enough: a few tries must have failed.
   */
  private boolean hasWaitedTooLong(DeferredMail deferred, Postponed why, int tries) {
    return why.reason() == DeferralReason.DNS
        // If we never asked for the key, the DNS may well have it.
        && why.asked()
        && tries >= FEWEST_TRIES
        && !clock.instant().isBefore(deferred.receivedAt().plus(LONGEST_WAIT_FOR_DNS));
  }

  private Result settled(DeferredMail deferred, List<ReportOutcome> outcomes) {
    return new Result.Settled(
        () -> counts.addAfterWait(arrival(deferred), deferred.reason(), outcomes));
  }

  private Result again(DeferredMail deferred, Postponed why) {
    LOGGER.debug("TLS report in mail {} waits on: {}", deferred.mailName(), why.detail());
    DeferredMail next =
        new DeferredMail(
            deferred.mailName(),
            deferred.receivedAt(),
            why.reason(),
            why.verdict(),
            deferred.organisation(),
            why.claim(),
            why.key());
    return new Result.Again(next, () -> countAgain(deferred, why));
  }

  private void countAgain(DeferredMail deferred, Postponed why) {
    if (why.reason() != deferred.reason()) {
      counts.addAfterWait(
          arrival(deferred), deferred.reason(), List.of(new Deferred(why.reason(), why.detail())));
    }
  }

  @Override
  public void lost(DeferredMail deferred) {
    counts.addAfterWait(
        arrival(deferred),
        deferred.reason(),
        List.of(new Rejected(RejectionReason.INTERNAL, "the file of the deferred mail is gone")));
  }

  @Override
  public void gaveWay(DeferredMail deferred) {
    counts.addAfterWait(
        arrival(deferred),
        deferred.reason(),
        List.of(
            new Rejected(
                RejectionReason.DEFERRAL_LIMIT,
                deferred.claim().isProven()
                    ? "no place was left, and "
                        + deferred.organisation()
                        + " had the most mails waiting"
                    : "no place was left, and no signature had proven that the mail is from "
                        + deferred.organisation())));
  }

  private static Arrival arrival(DeferredMail deferred) {
    return new Arrival(deferred.mailName(), deferred.receivedAt());
  }

  @Override
  public void close() {
    queue.close();
  }
}
