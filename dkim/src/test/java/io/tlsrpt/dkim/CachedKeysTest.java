// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.dns.LookupDeadline;
import io.tlsrpt.dns.TimedAnswer;
import io.tlsrpt.dns.WaitingThread;
import io.tlsrpt.report.DomainName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class CachedKeysTest {
  private static final DomainName A = new DomainName("a.example");

  private final AtomicReference<Instant> clock =
      new AtomicReference<>(Instant.parse("2026-06-02T15:00:00Z"));
  private final AtomicInteger queries = new AtomicInteger();
  private final Queue<String> answered = new ConcurrentLinkedQueue<>();
  private final KnownKeys known = new KnownKeys(clock::get);

  @Test
  void answerShouldBeRepeatedForAsLongAsItIsValid() {
    try (CachedKeys keys = answering(new KeyAnswer.Absent(), Duration.ofSeconds(60))) {
      keys.find("s", A, new LookupDeadline(WaitingThread.SPOOLER));
      keys.find("s", A, new LookupDeadline(WaitingThread.SPOOLER));
      keys.find("S", A, new LookupDeadline(WaitingThread.SPOOLER));
      assertThat(queries).hasValue(1);

      pass(Duration.ofSeconds(60));
      keys.find("s", A, new LookupDeadline(WaitingThread.SPOOLER));
      assertThat(queries).hasValue(2);
    }
  }

  @Test
  void whatCannotBeANameShouldCostNoQuery() {
    try (CachedKeys keys = answering(new KeyAnswer.Absent(), Duration.ofSeconds(60))) {
      assertThat(keys.find("a..b", A, new LookupDeadline(WaitingThread.SPOOLER)))
          .isInstanceOf(KeyAnswer.Absent.class);
      assertThat(keys.find("a".repeat(64), A, new LookupDeadline(WaitingThread.SPOOLER)))
          .isInstanceOf(KeyAnswer.Absent.class);
      assertThat(queries).hasValue(0);
    }
  }

  @Test
  void failedQueryShouldBeNoAnswer() {
    try (CachedKeys keys =
        new CachedKeys(
            name -> {
              throw new IllegalStateException("broken");
            },
            known,
            clock::get,
            answered::add)) {
      assertThat(keys.find("s", A, new LookupDeadline(WaitingThread.SPOOLER)))
          .isInstanceOfSatisfying(
              KeyAnswer.Unavailable.class,
              unavailable -> assertThat(unavailable.why()).contains("broken"));
    }
  }

  @Test
  void keyThatWasGoodShouldBeWaitedForWhateverStrangersDo() throws Exception {
    CountDownLatch dead = new CountDownLatch(1);
    known.good("s._domainkey.known.example", new DomainName("known.example"), "v=DKIM1; p=");
    known.accepted(new DomainName("known.example"));
    try (CachedKeys keys =
            new CachedKeys(
                name -> {
                  if (!name.toString().contains("known")) {
                    awaitQuietly(dead);
                  }
                  return new TimedAnswer<>(new KeyAnswer.Absent(), Duration.ofMinutes(1));
                },
                known,
                clock::get,
                answered::add);
        ExecutorService mails = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<KeyAnswer>> strangers = new ArrayList<>();
      for (int i = 0; i < 1_200; i++) {
        strangers.add(find(mails, keys, "d" + i + ".example"));
      }
      assertThat(answerOf(keys, "known.example", WaitingThread.SPOOLER))
          .isEqualTo(new KeyAnswer.Absent());
      for (Future<KeyAnswer> one : strangers) {
        assertThat(one.get()).isInstanceOf(KeyAnswer.Unavailable.class);
      }
      dead.countDown();
    }
  }

  @Test
  void keysOfAnOrganisationShouldStandInOneLine() throws Exception {
    CountDownLatch dead = new CountDownLatch(1);
    try (CachedKeys keys = waitingFor(dead);
        ExecutorService mails = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        String selector = "s" + i;
        for (String domain : List.of("a.example", "mail.a.example")) {
          mails.execute(
              () ->
                  keys.find(
                      selector, new DomainName(domain), new LookupDeadline(WaitingThread.RETRY)));
        }
      }
      await(() -> queries.get() == 32);
      Thread.sleep(200);
      assertThat(queries).hasValue(32);

      dead.countDown();
      await(() -> answered.size() == 40);
    }
  }

  @Test
  void endOfAQuestionShouldBeAnnouncedByTheNameOfTheKey() throws Exception {
    try (CachedKeys keys = answering(new KeyAnswer.Absent(), Duration.ofSeconds(60))) {
      keys.find("S", A, new LookupDeadline(WaitingThread.SPOOLER));
      await(() -> answered.contains("s._domainkey.a.example"));
      assertThat(keys.name("S", A)).isEqualTo("s._domainkey.a.example");
    }
  }

  @Test
  void keyShouldStayGoodForADayWhileTheDnsIsDown() {
    AtomicReference<KeyAnswer> dns =
        new AtomicReference<>(
            new KeyAnswer.Found(List.of(KeyRecord.of("v=DKIM1; p=").orElseThrow())));
    try (CachedKeys keys =
        new CachedKeys(
            name -> new TimedAnswer<>(dns.get(), Duration.ofMinutes(1)),
            known,
            clock::get,
            answered::add)) {
      KeyAnswer found = keys.find("s", A, new LookupDeadline(WaitingThread.SPOOLER));
      dns.set(unanswered("down"));
      pass(Duration.ofHours(12));
      assertThat(keys.find("s", A, new LookupDeadline(WaitingThread.SPOOLER))).isEqualTo(found);

      pass(Duration.ofHours(12));
      assertThat(keys.find("s", A, new LookupDeadline(WaitingThread.SPOOLER)))
          .isEqualTo(unanswered("down"));
      dns.set(new KeyAnswer.Absent());
      pass(Duration.ofMinutes(1));
      assertThat(keys.find("s", A, new LookupDeadline(WaitingThread.SPOOLER)))
          .isEqualTo(new KeyAnswer.Absent());
    }
  }

  private static KeyAnswer unanswered(String why) {
    return KeyAnswer.Unavailable.unanswered(why);
  }

  private static Future<KeyAnswer> find(ExecutorService mails, CachedKeys keys, String domain) {
    return mails.submit(() -> answerOf(keys, domain, WaitingThread.SPOOLER));
  }

  private static KeyAnswer answerOf(CachedKeys keys, String domain, WaitingThread thread) {
    return keys.find("s", new DomainName(domain), new LookupDeadline(thread));
  }

  private static void await(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(10);
    }
  }

  private CachedKeys waitingFor(CountDownLatch latch) {
    return new CachedKeys(
        name -> {
          queries.incrementAndGet();
          awaitQuietly(latch);
          return new TimedAnswer<>(new KeyAnswer.Absent(), Duration.ofMinutes(1));
        },
        known,
        clock::get,
        answered::add);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CachedKeys answering(KeyAnswer answer, Duration validity) {
    return new CachedKeys(
        name -> {
          queries.incrementAndGet();
          return new TimedAnswer<>(answer, validity);
        },
        known,
        clock::get,
        answered::add);
  }

  private void pass(Duration time) {
    clock.updateAndGet(now -> now.plus(time));
  }
}
