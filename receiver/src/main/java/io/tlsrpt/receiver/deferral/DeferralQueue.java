// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.receiver.deferral.DeferralIndex.Entry;
import io.tlsrpt.receiver.deferral.RetryHandler.Result.Again;
import io.tlsrpt.receiver.deferral.RetryHandler.Result.Settled;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps mails on disk that cannot be judged now, because the DNS, the store or the list of domains
 * fails. Their number, their size and the share of one organisation are bounded. A mail is judged
 * again after a pause of half its age, from 2 s to 15 minutes (back-off). May be used by many
 * threads at once; retries run on threads of its own.
 */
public final class DeferralQueue implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(DeferralQueue.class);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final Duration LAST_RETRIES = Duration.ofSeconds(10);

  /** Threads of each crew, so that mails which keep one crew busy do not hold up the other one. */
  private static final int RETRIES_OF_A_KIND = 4;

  private final DeferralDirectory directory;
  private final InstantSource clock;
  private final RetryHandler retry;
  private final DeferralIndex waiting = new DeferralIndex();
  private final TakeOver takeOver;

  private volatile boolean started;

  // RATIONALE: The deferral lock
  /** Held while a file, its place and its count change together. */
  private final Object change = new Object();

  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tlsrpt-deferred").factory());
  private final ExecutorService retries =
      Executors.newFixedThreadPool(
          DeferralIndex.First.values().length * RETRIES_OF_A_KIND,
          Thread.ofPlatform().daemon().name("tlsrpt-retry-", 1).factory());

  private final List<Crew> crews =
      Arrays.stream(DeferralIndex.First.values())
          .map(first -> new Crew(first, new Semaphore(RETRIES_OF_A_KIND)))
          .toList();

  /**
   * Threads that take due mails in the same order.
   *
   * @param idle a permit for each thread that may still be started
   */
  private record Crew(DeferralIndex.First first, Semaphore idle) {}

  /**
   * A queue in a directory, which is created if it is missing.
   *
   * @param root the directory or the one above it. Mails in it, and in directories in it, that no
   *     process uses are taken over, too.
   */
  public DeferralQueue(Path root, Path directory, InstantSource clock, RetryHandler retry) {
    this.directory = new DeferralDirectory(directory);
    this.clock = clock;
    this.retry = retry;
    this.takeOver = new TakeOver(root, this.directory, waiting, retry, clock, change);
  }

  /** Begins to retry, and takes over the mails that an earlier process left. */
  public void start() {
    takeOver.look();
    started = true;
    long pause = BETWEEN_LOOKS.toMillis();
    // The future is not needed: the task ends with the thread, and look() throws nothing.
    var unused = looks.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
  }

  /**
   * Keeps a mail. Once this returns, the mail outlives the process.
   *
   * @param bytes begin with the mail; neither copied nor changed
   * @param size of the mail, in bytes
   * @param count counts the mail; run before any retry can take it
   * @throws IOException if it cannot be written, or the directory is another process'
   */
  public EnqueueResult offer(DeferredMail deferred, byte[] bytes, int size, Runnable count)
      throws IOException {
    if (directory.isAnothers()) {
      throw new IOException("another process uses " + directory);
    }
    MailDigest digest = MailDigest.of(bytes, size);
    if (!waits(digest) && waiting.place(deferred, size) instanceof Place.None(String why)) {
      return new EnqueueResult.Full(why);
    }
    // Write before taking the lock: a slow disk must not make other mails wait.
    try (DeferralDirectory.Unfinished file = directory.begin(digest, deferred, bytes, size)) {
      EnqueueResult offer = offer(digest, deferred, size, file, count);
      wake();
      return offer;
    }
  }

  /**
   * Gives a place to a mail whose file is written. Everything is checked again under the lock: the
   * same mail may have come meanwhile, or the places may be taken. If the same mail waits but
   * somebody removed its file, the new file takes the place of the old one.
   */
  private EnqueueResult offer(
      MailDigest digest,
      DeferredMail deferred,
      int size,
      DeferralDirectory.Unfinished file,
      Runnable count)
      throws IOException {
    synchronized (change) {
      if (waits(digest)) {
        if (!directory.holds(digest)) {
          file.finish();
        }
        return new EnqueueResult.AlreadyEnqueued();
      }
      return switch (waiting.place(deferred, size)) {
        case Place.None(String why) -> new EnqueueResult.Full(why);
        case Place.Free(List<MailDigest> givingWay) -> {
          file.finish();
          count.run();
          waiting.add(digest, deferred, size, firstDue(deferred));
          givingWay.forEach(this::giveWay);
          yield new EnqueueResult.Enqueued();
        }
      };
    }
  }

  /** The mails that wait, or are being judged, the oldest first. */
  public List<Waiting> oldest(int atMost) {
    return waiting.oldest(atMost);
  }

  /** Whether a mail waits. A settled one does not: only its file is still to be deleted. */
  private boolean waits(MailDigest digest) {
    return waiting.holds(digest) && !waiting.isSettled(digest);
  }

  /** If nobody has waited for the key yet, the DNS may have it in a moment: due at once. */
  private Instant firstDue(DeferredMail deferred) {
    return deferred.claim() == Claim.UNASKED ? clock.instant() : dueAfterPause(deferred);
  }

  /** Counts and removes a mail that gives way, unless a retry has it in hand or has settled it. */
  private void giveWay(MailDigest digest) {
    Optional<Entry> entry =
        waiting.get(digest).filter(one -> one.state() == DeferralIndex.State.WAITING);
    if (entry.isPresent()) {
      DeferredMail deferred = entry.get().deferred();
      waiting.settle(digest, dueAfterPause(deferred));
      try {
        retry.gaveWay(deferred);
        delete(digest);
      } catch (IOException | RuntimeException e) {
        // The new mail keeps its place. A retry deletes this file later.
        tellThatStays(digest, e);
      }
    }
  }

  private void tellThatStays(MailDigest digest, Throwable e) {
    LOGGER.error("Deferred mail {} in {} stays there", digest.hex(), directory, e);
  }

  /** Half its age from now, within the bounds of a pause. */
  private Instant dueAfterPause(DeferredMail deferred) {
    Instant now = clock.instant();
    long age = Duration.between(deferred.receivedAt(), now).toMillis();
    return now.plusMillis(
        Math.clamp(
            age / 2,
            DeferralIndex.SHORTEST_PAUSE.toMillis(),
            DeferralIndex.LONGEST_PAUSE.toMillis()));
  }

  /** Makes the mails due that wait for something, since that works again. */
  public void retryNow(DeferralReason reason) {
    waiting.retryNow(reason, clock.instant());
  }

  /** Judges the mails at once that wait for a key, since the DNS has answered. */
  public void retryNow(String key) {
    waiting.retryNow(key, clock.instant());
    wake();
  }

  private void look() {
    try {
      takeOver.look();
      wake();
    } catch (Throwable e) {
      // An exception that left this task would end its schedule.
      LOGGER.error("Deferred mails in {} cannot be tried again", directory, e);
    }
  }

  /** Starts all idle threads. Each takes mails until none is due, and is idle again. */
  private void wake() {
    for (Crew crew : crews) {
      while (started && !looks.isShutdown() && crew.idle().tryAcquire()) {
        try {
          retries.execute(() -> retryAllDue(crew));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
          crew.idle().release();
          LOGGER.debug("Retries of deferred mails begin at the next look", e);
          return;
        }
      }
    }
  }

  private void retryAllDue(Crew crew) {
    try {
      Optional<MailDigest> next = waiting.takeDue(clock.instant(), crew.first());
      while (next.isPresent()) {
        retryCatchingAll(next.get());
        next = waiting.takeDue(clock.instant(), crew.first());
      }
    } finally {
      crew.idle().release();
    }
  }

  private void retryCatchingAll(MailDigest digest) {
    waiting.get(digest).ifPresent(entry -> retryCatchingAll(digest, entry));
  }

  private void retryCatchingAll(MailDigest digest, Entry entry) {
    try {
      if (entry.state() == DeferralIndex.State.SETTLED) {
        delete(digest);
      } else if (!looks.isShutdown()) {
        retry(digest, entry);
      }
    } catch (Throwable e) {
      tellThatStays(digest, e);
      stay(digest, entry.deferred());
    }
  }

  /** Puts a mail back after a failure. If it was settled, only its file is still to be deleted. */
  private void stay(MailDigest digest, DeferredMail deferred) {
    synchronized (change) {
      boolean settled =
          waiting.get(digest).filter(now -> now.state() == DeferralIndex.State.SETTLED).isPresent();
      if (settled) {
        waiting.settle(digest, dueAfterPause(deferred));
      } else {
        waiting.putBackAfterFailure(digest, deferred, dueAfterPause(deferred));
      }
    }
  }

  /**
   * Judges a mail again. If its file is gone or broken, the mail is lost. A judged mail is settled
   * and counted in one step, so that it is never counted twice, even if its file cannot be deleted.
   * A mail that must wait on with a new description is written again before it is counted.
   */
  private void retry(MailDigest digest, Entry entry) throws IOException {
    byte[] mail;
    try {
      mail = directory.readMail(digest);
    } catch (NoSuchFileException e) {
      discard(digest, entry);
      return;
    } catch (BrokenFileException e) {
      directory.setAside(digest, e);
      discard(digest, entry);
      return;
    }
    switch (retry.judge(entry.deferred(), mail, entry.tries(), entry.failures())) {
      case Settled(Runnable count) -> {
        synchronized (change) {
          waiting.settle(digest, dueAfterPause(entry.deferred()));
          count.run();
        }
        delete(digest);
      }
      case Again(DeferredMail next, Runnable count) when next.equals(entry.deferred()) -> {
        synchronized (change) {
          count.run();
          waiting.putBack(digest, next, dueAfterPause(next));
        }
      }
      case Again(DeferredMail next, Runnable count) -> {
        // A mail in hand never gives way, so its file can be written without holding the lock:
        // offers of other mails do not wait for the disk.
        try (DeferralDirectory.Unfinished file = directory.begin(digest, next, mail, mail.length)) {
          synchronized (change) {
            file.finish();
            count.run();
            waiting.putBack(digest, next, dueAfterPause(next));
          }
        }
      }
    }
  }

  /** Counts a mail as lost, unless the same mail has come again and brought a new file. */
  private void discard(MailDigest digest, Entry entry) {
    synchronized (change) {
      if (!directory.holds(digest)) {
        waiting.remove(digest);
        retry.lost(entry.deferred());
        return;
      }
    }
    // The same mail has come again since, and its new file is judged later.
    waiting.putBack(digest, entry.deferred(), dueAfterPause(entry.deferred()));
  }

  /** Deletes the file of a settled mail and frees its place. */
  private void delete(MailDigest digest) throws IOException {
    synchronized (change) {
      // The same mail may have come again since.
      if (waiting.isSettled(digest)) {
        directory.delete(digest);
        waiting.remove(digest);
      }
    }
  }

  /** Ends retrying; what waits stays on disk. */
  @Override
  public void close() {
    looks.shutdown();
    try {
      boolean ended = looks.awaitTermination(LAST_RETRIES.toMillis(), TimeUnit.MILLISECONDS);
      retries.shutdown();
      if (!ended || !retries.awaitTermination(LAST_RETRIES.toMillis(), TimeUnit.MILLISECONDS)) {
        retries.shutdownNow();
        if (!retries.awaitTermination(LAST_RETRIES.toMillis(), TimeUnit.MILLISECONDS)) {
          LOGGER.warn("A retry of a deferred mail has not ended in time");
        }
      }
    } catch (InterruptedException e) {
      retries.shutdownNow();
      Thread.currentThread().interrupt();
    }
    directory.close();
  }
}
