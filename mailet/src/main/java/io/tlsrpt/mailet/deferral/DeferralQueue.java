// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.deferral;

import io.tlsrpt.mailet.deferral.Retry.Result.Again;
import io.tlsrpt.mailet.deferral.Retry.Result.Settled;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mails that the world keeps from being judged: bounded in number, size and by organisation, on
 * disk, judged again after pauses that grow with their age from 10 s to 15 minutes. May be used by
 * many threads at once; retries happen on one thread of its own.
 */
public final class DeferralQueue implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(DeferralQueue.class);

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final Duration LAST_RETRY = Duration.ofSeconds(10);

  private final DeferralDirectory directory;
  private final InstantSource clock;
  private final Retry retry;
  private final Waiting waiting = new Waiting();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tlsrpt-deferred").factory());

  /**
   * A queue on a directory, which is made when the first mail comes.
   *
   * @param retry called from one thread, one mail after the other
   */
  public DeferralQueue(Path directory, InstantSource clock, Retry retry) {
    this.directory = new DeferralDirectory(directory);
    this.clock = clock;
    this.retry = retry;
  }

  /**
   * Takes over what an earlier process left.
   *
   * @return the tickets of the mails that wait from now on
   */
  public List<Ticket> takeOver() {
    Instant now = clock.instant();
    try {
      return directory.mails().stream().flatMap(mail -> takeOver(mail, now).stream()).toList();
    } catch (IOException e) {
      LOGGER.error("Deferred TLS reports in {} cannot be taken over", directory, e);
      return List.of();
    }
  }

  private Optional<Ticket> takeOver(MailDigest digest, Instant now) {
    try {
      DeferredMail mail = directory.read(digest);
      waiting.add(digest, new Waiting.Entry(mail.ticket(), mail.bytes().length, now));
      return Optional.of(mail.ticket());
    } catch (BrokenFileException e) {
      setAside(digest, e);
    } catch (IOException e) {
      LOGGER.error("Deferred mail {} in {} cannot be read", digest.hex(), directory, e);
    }
    return Optional.empty();
  }

  /** Begins to retry. */
  public void start() {
    // Ends with the thread, and never by an exception.
    var unused =
        thread.scheduleWithFixedDelay(
            this::retryDue,
            BETWEEN_LOOKS.toMillis(),
            BETWEEN_LOOKS.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /**
   * Keeps a mail, durably when this returns.
   *
   * @param bytes not copied, never changed
   * @param size how many of them are the mail
   * @throws IOException if it cannot be written
   */
  public Offer offer(Ticket ticket, byte[] bytes, int size) throws IOException {
    MailDigest digest = MailDigest.of(bytes, size);
    Waiting.Entry entry = new Waiting.Entry(ticket, size, dueAfterPause(ticket));
    Offer offer = waiting.offer(digest, entry);
    if (offer instanceof Offer.Kept) {
      try {
        directory.write(digest, ticket, bytes, size);
      } catch (IOException | RuntimeException e) {
        waiting.remove(digest);
        throw e;
      }
    }
    return offer;
  }

  private Instant dueAfterPause(Ticket ticket) {
    Instant now = clock.instant();
    long age = Duration.between(ticket.receivedAt(), now).toMillis();
    return now.plusMillis(Math.clamp(age, SHORTEST_PAUSE.toMillis(), LONGEST_PAUSE.toMillis()));
  }

  /** Judges again whatever is due. */
  public void retryDue() {
    for (MailDigest digest : waiting.due(clock.instant())) {
      if (thread.isShutdown()) {
        return;
      }
      try {
        retry(digest);
      } catch (Throwable e) {
        // Anything else would end the thread, and with it all retries.
        LOGGER.error("Deferred mail {} in {} stays", digest.hex(), directory, e);
        waiting
            .ticket(digest)
            .ifPresent(ticket -> waiting.postpone(digest, ticket, dueAfterPause(ticket)));
      }
    }
  }

  private void retry(MailDigest digest) throws IOException {
    DeferredMail mail;
    try {
      mail = directory.read(digest);
    } catch (NoSuchFileException e) {
      waiting.remove(digest).ifPresent(retry::lost);
      return;
    } catch (BrokenFileException e) {
      setAside(digest, e);
      waiting.remove(digest).ifPresent(retry::lost);
      return;
    }
    switch (retry.judge(mail.ticket(), mail.bytes())) {
      case Settled settled -> {
        waiting.remove(digest);
        directory.delete(digest);
      }
      case Again(Ticket next) -> {
        waiting.postpone(digest, next, dueAfterPause(next));
        if (!next.equals(mail.ticket())) {
          directory.write(digest, next, mail.bytes(), mail.bytes().length);
        }
      }
    }
  }

  private void setAside(MailDigest digest, BrokenFileException why) {
    try {
      LOGGER.error("Deferred mail {} in {}: {}", digest.hex(), directory, why.getMessage());
      directory.setAside(digest);
    } catch (IOException e) {
      LOGGER.error("Deferred mail {} in {} cannot be set aside", digest.hex(), directory, e);
    }
  }

  /** Ends retrying; what waits stays on disk. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LAST_RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
