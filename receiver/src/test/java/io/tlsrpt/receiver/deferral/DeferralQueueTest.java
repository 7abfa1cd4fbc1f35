// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.report.DomainName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DeferralQueueTest {
  private static final Instant NOW = Instant.parse("2026-06-02T15:00:00Z");
  private static final String KEY = "s1._domainkey.reporter.example";
  private static final byte[] MAIL = "From: a\r\n\r\nbody\r\n".getBytes(UTF_8);
  private static final DeferredMail DEFERRED =
      deferred("mail-1", NOW, "reporter.example", Claim.UNANSWERED);

  @TempDir Path directory;

  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
  private final BlockingQueue<DeferredMail> judged = new LinkedBlockingQueue<>();
  private final List<DeferredMail> takenOver = new CopyOnWriteArrayList<>();
  private final List<DeferredMail> gaveWay = new CopyOnWriteArrayList<>();
  private final AtomicInteger counted = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicReference<Function<DeferredMail, RetryHandler.Result>> answer =
      new AtomicReference<>(deferred -> new RetryHandler.Result.Settled(counted::incrementAndGet));
  private final RetryHandler retry =
      new RetryHandler() {
        @Override
        public Result judge(DeferredMail deferred, byte[] bytes, int tries, int failures) {
          assertThat(bytes).isEqualTo(MAIL);
          try {
            return answer.get().apply(deferred);
          } finally {
            judged.add(deferred);
          }
        }

        @Override
        public void takenOver(DeferredMail deferred) {
          takenOver.add(deferred);
        }

        @Override
        public void lost(DeferredMail deferred) {
          lost.incrementAndGet();
        }

        @Override
        public void gaveWay(DeferredMail deferred) {
          gaveWay.add(deferred);
        }
      };
  private final List<DeferralQueue> queues = new ArrayList<>();

  @AfterEach
  void close() {
    queues.forEach(DeferralQueue::close);
  }

  @Test
  void deferredMailThatCannotBeWrittenShouldStayWhatWasCounted() throws Exception {
    Path queued = directory.resolve("deferred");
    Path aside = directory.resolve("aside");
    DeferralQueue queue = queueOn(queued);
    offer(queue);
    answer.set(
        deferred -> {
          // The disk is full from here on: nothing can be written where the file was read.
          replace(queued, aside);
          return new RetryHandler.Result.Again(
              new DeferredMail(
                  deferred.mailName(),
                  deferred.receivedAt(),
                  DeferralReason.DOMAINS,
                  Optional.of(
                      new Authenticated(
                          new DomainName("reporter.example"),
                          Set.of("subject", "tls-report-domain"))),
                  deferred.organisation(),
                  Claim.PROVEN,
                  Optional.empty()),
              counted::incrementAndGet);
        });
    queue.start();
    assertThat(nextJudged().reason()).isEqualTo(DeferralReason.DNS);

    // The write, which comes next, must have failed before the disk is whole again.
    Thread.sleep(1_000);
    answer.set(deferred -> new RetryHandler.Result.Settled(counted::incrementAndGet));
    Files.delete(queued);
    Files.move(aside, queued);
    assertThat(nextJudged()).isEqualTo(DEFERRED);
    queue.close();
    assertThat(counted).hasValue(1);
    assertThat(mails(queued)).isEmpty();
  }

  @Test
  void failureOfARetryShouldNotEndRetries() throws Exception {
    DeferralQueue queue = queueOn(directory);
    offer(queue);
    answer.set(
        deferred -> {
          throw new StackOverflowError("a test's");
        });
    queue.start();
    nextJudged();
    answer.set(deferred -> new RetryHandler.Result.Settled(counted::incrementAndGet));
    nextJudged();
    queue.close();

    assertThat(counted).hasValue(1);
    assertThat(mails(directory)).isEmpty();
  }

  @Test
  void fileThatIsGoneShouldBeWrittenAgainWhenItsMailComesAgain() throws Exception {
    DeferralQueue queue = queueOn(directory);
    offer(queue);
    Files.delete(mails(directory).getFirst());
    assertThat(queue.offer(DEFERRED, MAIL, MAIL.length, counted::incrementAndGet))
        .isInstanceOf(EnqueueResult.AlreadyEnqueued.class);

    assertThat(mails(directory)).hasSize(1);
    assertThat(counted).hasValue(0);
    queue.start();
    nextJudged();
    assertThat(lost).hasValue(0);
  }

  @Test
  void settledMailThatComesAgainShouldWaitAgainThoughItsFileCouldNotBeDeleted() throws Exception {
    Path queued = directory.resolve("deferred");
    Path aside = directory.resolve("aside");
    DeferralQueue queue = queueOn(queued);
    offer(queue);
    answer.set(
        deferred -> {
          replace(queued, aside);
          return new RetryHandler.Result.Settled(counted::incrementAndGet);
        });
    queue.start();
    nextJudged();
    // The deletion, which comes next, must have failed before the disk is whole again.
    Thread.sleep(1_000);
    assertThat(counted).hasValue(1);
    answer.set(deferred -> new RetryHandler.Result.Settled(counted::incrementAndGet));
    Files.delete(queued);
    Files.move(aside, queued);

    offer(queue);
    nextJudged();
    queue.close();
    assertThat(counted).hasValue(2);
    assertThat(mails(queued)).isEmpty();
  }

  @Test
  void whatCannotBeDeletedAtStartShouldNotHideTheRest() throws Exception {
    DeferralQueue queue = queueOn(directory);
    offer(queue);
    queue.close();
    Files.createDirectories(directory.resolve("x.tmp").resolve("y"));

    queueOn(directory).start();
    assertThat(takenOver).containsExactly(DEFERRED);
  }

  @Test
  void directoryOfAProcessThatEndsShouldBeTakenOver() throws Exception {
    DeferralQueue older = queueOn(directory);
    offer(older);
    DeferralQueue younger = queueOn(directory);
    younger.start();
    assertThat(takenOver).isEmpty();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> younger.offer(DEFERRED, MAIL, MAIL.length, counted::incrementAndGet))
        .withMessage("another process uses " + directory);
    assertThat(mails(directory)).hasSize(1);

    older.close();

    assertThat(nextJudged()).isEqualTo(DEFERRED);
    assertThat(takenOver).containsExactly(DEFERRED);
  }

  @Test
  void oldestMailThatNobodyVouchesForShouldGiveWay() throws Exception {
    DeferralQueue queue = queueOn(directory);
    for (int i = 0; i < 21; i++) {
      offer(queue, i, Claim.UNANSWERED);
    }
    assertThat(gaveWay).containsExactly(numbered(0, Claim.UNANSWERED));
    assertThat(mails(directory)).hasSize(20);

    // The file of the mail that gave way is gone, so the next process does not find it.
    queue.close();
    queueOn(directory).start();
    assertThat(takenOver)
        .hasSize(20)
        .contains(numbered(1, Claim.UNANSWERED), numbered(20, Claim.UNANSWERED));
  }

  @Test
  void takeOverShouldSpareWhatAnotherThreadIsWriting() throws Exception {
    DeferralDirectory writing = new DeferralDirectory(directory);
    try (DeferralDirectory.Unfinished file =
        writing.begin(MailDigest.of(MAIL, MAIL.length), DEFERRED, MAIL, MAIL.length)) {
      assertThat(writing.mails()).isEmpty();
      file.finish();
    }
    assertThat(mails(directory)).hasSize(1);
  }

  @Test
  void mailShouldBeJudgedAsSoonAsTheDnsHasSaidSomethingOfItsKey() throws Exception {
    DeferralQueue queue = queueOn(directory);
    queue.start();
    offer(queue);
    assertThat(judged.poll(3, TimeUnit.SECONDS)).isNull();

    queue.retryNow("other._domainkey.reporter.example");
    assertThat(judged.poll(3, TimeUnit.SECONDS)).isNull();
    queue.retryNow(KEY);
    assertThat(judged.poll(30, TimeUnit.SECONDS)).isEqualTo(DEFERRED);
  }

  @Test
  void whatNobodyHasWaitedForShouldBeJudgedAtOnce() throws Exception {
    DeferralQueue queue = queueOn(directory);
    queue.start();
    DeferredMail unasked = deferred("mail-1", NOW, "reporter.example", Claim.UNASKED);
    queue.offer(unasked, MAIL, MAIL.length, () -> {});
    assertThat(judged.poll(30, TimeUnit.SECONDS)).isEqualTo(unasked);
  }

  private static DeferredMail numbered(int number, Claim claim) {
    return deferred("mail-" + number, NOW.plusSeconds(number), "reporter.example", claim);
  }

  private static DeferredMail deferred(
      String name, Instant receivedAt, String organisation, Claim claim) {
    return new DeferredMail(
        name,
        receivedAt,
        DeferralReason.DNS,
        Optional.empty(),
        new DomainName(organisation),
        claim,
        Optional.of(KEY));
  }

  private void offer(DeferralQueue queue, int number, Claim claim) throws IOException {
    clock.set(NOW.plusSeconds(number));
    byte[] mail = ("From: " + number + "\r\n\r\n").getBytes(UTF_8);
    assertThat(queue.offer(numbered(number, claim), mail, mail.length, () -> {}))
        .isInstanceOf(EnqueueResult.Enqueued.class);
  }

  private DeferralQueue queueOn(Path path) {
    DeferralQueue queue = new DeferralQueue(path, path, clock::get, retry);
    queues.add(queue);
    return queue;
  }

  private static void offer(DeferralQueue queue) throws IOException {
    assertThat(queue.offer(DEFERRED, MAIL, MAIL.length, () -> {}))
        .isInstanceOf(EnqueueResult.Enqueued.class);
  }

  /** Lets time pass until a mail has been judged. */
  private DeferredMail nextJudged() throws InterruptedException {
    DeferredMail deferred = null;
    for (int i = 0; i < 600 && deferred == null; i++) {
      clock.updateAndGet(now -> now.plusSeconds(10));
      deferred = judged.poll(50, TimeUnit.MILLISECONDS);
    }
    assertThat(deferred).isNotNull();
    return deferred;
  }

  private static void replace(Path directory, Path aside) {
    try {
      Files.move(directory, aside);
      Files.writeString(directory, "no directory");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> mails(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".mail")).toList();
    }
  }
}
