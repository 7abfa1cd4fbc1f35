// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class CachedKeysTest {
  private final AtomicReference<Instant> clock =
      new AtomicReference<>(Instant.parse("2026-06-02T15:00:00Z"));
  private final AtomicInteger queries = new AtomicInteger();
  private final KnownKeys known = new KnownKeys(clock::get);

  @Test
  void answerShouldBeRepeatedForAsLongAsItIsValid() {
    try (CachedKeys keys = answering(new KeyAnswer.Absent(), Duration.ofSeconds(60))) {
      keys.find("s", "a.example", new Patience(Caller.SERVER));
      keys.find("s", "a.example", new Patience(Caller.SERVER));
      keys.find("S", "A.Example", new Patience(Caller.SERVER));
      assertThat(queries).hasValue(1);

      pass(Duration.ofSeconds(60));
      keys.find("s", "a.example", new Patience(Caller.SERVER));
      assertThat(queries).hasValue(2);
    }
  }

  @Test
  void whatCannotBeANameShouldCostNoQuery() {
    try (CachedKeys keys = answering(new KeyAnswer.Absent(), Duration.ofSeconds(60))) {
      assertThat(keys.find("a..b", "a.example", new Patience(Caller.SERVER)))
          .isInstanceOf(KeyAnswer.Absent.class);
      assertThat(keys.find("a".repeat(64), "a.example", new Patience(Caller.SERVER)))
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
            clock::get)) {
      assertThat(keys.find("s", "a.example", new Patience(Caller.SERVER)))
          .isInstanceOfSatisfying(
              KeyAnswer.Unavailable.class,
              unavailable -> assertThat(unavailable.why()).contains("broken"));
    }
  }

  @Test
  void silentNameServersShouldHoldFewThreadsAndNoneTwice() throws Exception {
    CountDownLatch dead = new CountDownLatch(1);
    try (CachedKeys keys = waitingFor(dead);
        ExecutorService mails = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<KeyAnswer>> waiting = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        waiting.add(find(mails, keys, "d" + i + ".example"));
      }
      for (Future<KeyAnswer> mail : waiting) {
        assertThat(mail.get()).isEqualTo(unanswered("no answer within 5 s"));
      }
      assertThat(keys.find("s", "d0.example", new Patience(Caller.SERVER)))
          .isEqualTo(unasked("others wait for the DNS already"));
      for (int i = 10; i < 14; i++) {
        var unused = find(mails, keys, "d" + i + ".example");
      }
      await(() -> queries.get() == 8);
      assertThat(keys.find("s", "e.example", new Patience(Caller.SERVER)))
          .isEqualTo(unasked("others wait for the DNS already"));

      // It is asked all the same, and the answer is there when the mail comes again.
      dead.countDown();
      await(() -> answerOf(keys, "e.example", Caller.FIRST_RETRY) instanceof KeyAnswer.Absent);
      assertThat(queries).hasValue(9);
    }
  }

  @Test
  void keyThatWasGoodShouldBeWaitedForWhateverStrangersDo() throws Exception {
    CountDownLatch dead = new CountDownLatch(1);
    known.good("s._domainkey.known.example", "known.example", "v=DKIM1; p=");
    try (CachedKeys keys =
            new CachedKeys(
                name -> {
                  if (!name.toString().contains("known")) {
                    awaitQuietly(dead);
                  }
                  return new DnsKeys.Fresh(new KeyAnswer.Absent(), Duration.ofMinutes(1));
                },
                known,
                clock::get);
        ExecutorService mails = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 2; round++) {
        List<Future<KeyAnswer>> strangers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
          strangers.add(find(mails, keys, "d" + round + i + ".example"));
        }
        Thread.sleep(1_500);
        assertThat(keys.find("s", "unknown.example", new Patience(Caller.SERVER)))
            .isInstanceOf(KeyAnswer.Unavailable.class);
        assertThat(keys.find("s", "known.example", new Patience(Caller.SERVER)))
            .isEqualTo(new KeyAnswer.Absent());
        for (Future<KeyAnswer> one : strangers) {
          one.get();
        }
        pass(Duration.ofMinutes(1));
      }
      dead.countDown();
    }
  }

  @Test
  void guessedSelectorsOfAReporterShouldNotBeWaitedFor() {
    known.good("s._domainkey.a.example", "a.example", "v=DKIM1; p=");
    known.written(known.changes());
    try (CachedKeys keys = answering(new KeyAnswer.Absent(), Duration.ofMinutes(1))) {
      for (int i = 0; i < Guesses.MAX_IN_A_MINUTE; i++) {
        assertThat(keys.find("x" + i, "mail.a.example", new Patience(Caller.SERVER)))
            .isInstanceOf(KeyAnswer.Absent.class);
      }
      int asked = queries.get();

      assertThat(keys.find("y", "a.example", new Patience(Caller.SERVER)))
          .isEqualTo(
              unasked(
                  "a selector that is new, and others of a.example did not exist a moment ago"));
      assertThat(queries).hasValue(asked);
      // Not lost: the mail waits, and its retry asks. What was good before is asked for at once.
      assertThat(keys.find("y", "a.example", new Patience(Caller.FIRST_RETRY)))
          .isInstanceOf(KeyAnswer.Absent.class);
      keys.find("s", "a.example", new Patience(Caller.SERVER));
      // Of an organisation without any known key each may be the first.
      for (int i = 0; i < 2 * Guesses.MAX_IN_A_MINUTE; i++) {
        assertThat(keys.find("x" + i, "b.example", new Patience(Caller.SERVER)))
            .isInstanceOf(KeyAnswer.Absent.class);
      }
      assertThat(queries).hasValue(asked + 2 + 2 * Guesses.MAX_IN_A_MINUTE);
    }
  }

  @Test
  void retriesShouldNotCountAmongTheServersWaits() throws Exception {
    CountDownLatch dead = new CountDownLatch(1);
    try (CachedKeys keys = waitingFor(dead);
        ExecutorService mails = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<KeyAnswer>> retries = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String domain = "d" + i + ".example";
        retries.add(mails.submit(() -> keys.find("s", domain, new Patience(Caller.RETRY))));
      }
      Thread.sleep(1_500);
      Future<KeyAnswer> mail =
          mails.submit(() -> keys.find("s", "a.example", new Patience(Caller.SERVER)));
      Thread.sleep(200);
      assertThat(mail.isDone()).isFalse();

      dead.countDown();
      assertThat(mail.get()).isInstanceOf(KeyAnswer.Absent.class);
      for (Future<KeyAnswer> retry : retries) {
        assertThat(retry.get()).isInstanceOf(KeyAnswer.Absent.class);
      }
    }
  }

  @Test
  void furtherQuestionsOfAnOrganisationShouldWaitInLine() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (CachedKeys keys =
            new CachedKeys(
                name -> {
                  most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                  pause(Duration.ofMillis(80));
                  atOnce.decrementAndGet();
                  return new DnsKeys.Fresh(new KeyAnswer.Absent(), Duration.ofMinutes(1));
                },
                known,
                clock::get);
        ExecutorService mails = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<KeyAnswer>> waiting = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String selector = "s" + i;
        waiting.add(
            mails.submit(() -> keys.find(selector, "a.example", new Patience(Caller.RETRY))));
      }
      for (Future<KeyAnswer> mail : waiting) {
        assertThat(mail.get()).isEqualTo(new KeyAnswer.Absent());
      }
      assertThat(most.get()).isEqualTo(16);
    }
  }

  @Test
  void questionThatIsNotReachedInTimeShouldNotBeTheDnsFault() throws Exception {
    CountDownLatch dead = new CountDownLatch(1);
    try (CachedKeys keys = waitingFor(dead);
        ExecutorService mails = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        String selector = "s" + i;
        var unused =
            mails.submit(() -> keys.find(selector, "a.example", new Patience(Caller.RETRY)));
      }
      await(() -> queries.get() == 16);

      assertThat(keys.find("s16", "mail.a.example", new Patience(Caller.RETRY)))
          .isEqualTo(unasked("others about a.example wait for an answer"));
      dead.countDown();
      assertThat(keys.find("s", "b.example", new Patience(Caller.SERVER)))
          .isInstanceOf(KeyAnswer.Absent.class);
    }
  }

  @Test
  void keyShouldStayGoodForADayWhileTheDnsIsDown() {
    AtomicReference<KeyAnswer> dns =
        new AtomicReference<>(
            new KeyAnswer.Found(List.of(KeyRecord.of("v=DKIM1; p=").orElseThrow())));
    try (CachedKeys keys =
        new CachedKeys(
            name -> new DnsKeys.Fresh(dns.get(), Duration.ofMinutes(1)), known, clock::get)) {
      KeyAnswer found = keys.find("s", "a.example", new Patience(Caller.SERVER));
      dns.set(unanswered("down"));
      pass(Duration.ofHours(12));
      assertThat(keys.find("s", "a.example", new Patience(Caller.SERVER))).isEqualTo(found);

      pass(Duration.ofHours(12));
      assertThat(keys.find("s", "a.example", new Patience(Caller.SERVER)))
          .isEqualTo(unanswered("down"));
      dns.set(new KeyAnswer.Absent());
      pass(Duration.ofMinutes(1));
      assertThat(keys.find("s", "a.example", new Patience(Caller.SERVER)))
          .isEqualTo(new KeyAnswer.Absent());
    }
  }

  @Test
  void keyShouldStayGoodWhileTheDnsSaysNothingAtAll() throws Exception {
    CountDownLatch dead = new CountDownLatch(1);
    KeyAnswer found = new KeyAnswer.Found(List.of(KeyRecord.of("v=DKIM1; p=").orElseThrow()));
    try (CachedKeys keys =
        new CachedKeys(
            name -> {
              if (queries.incrementAndGet() > 1) {
                awaitQuietly(dead);
              }
              return new DnsKeys.Fresh(found, Duration.ofMinutes(1));
            },
            known,
            clock::get)) {
      keys.find("s", "a.example", new Patience(Caller.SERVER));
      pass(Duration.ofHours(12));
      assertThat(keys.find("s", "a.example", new Patience(Caller.SERVER))).isEqualTo(found);
      assertThat(queries).hasValue(2);

      pass(Duration.ofHours(12));
      assertThat(keys.find("s", "a.example", new Patience(Caller.RETRY)))
          .isEqualTo(unanswered("no answer within 5 s"));
      dead.countDown();
    }
  }

  private static KeyAnswer unanswered(String why) {
    return KeyAnswer.Unavailable.unanswered(why);
  }

  private static KeyAnswer unasked(String why) {
    return KeyAnswer.Unavailable.unasked(why);
  }

  private static Future<KeyAnswer> find(ExecutorService mails, CachedKeys keys, String domain) {
    return mails.submit(() -> answerOf(keys, domain, Caller.SERVER));
  }

  private static KeyAnswer answerOf(CachedKeys keys, String domain, Caller caller) {
    return keys.find("s", domain, new Patience(caller));
  }

  private static void await(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(10);
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CachedKeys waitingFor(CountDownLatch latch) {
    return new CachedKeys(
        name -> {
          queries.incrementAndGet();
          awaitQuietly(latch);
          return new DnsKeys.Fresh(new KeyAnswer.Absent(), Duration.ofMinutes(1));
        },
        known,
        clock::get);
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
          return new DnsKeys.Fresh(answer, validity);
        },
        known,
        clock::get);
  }

  private void pass(Duration time) {
    clock.updateAndGet(now -> now.plus(time));
  }
}
