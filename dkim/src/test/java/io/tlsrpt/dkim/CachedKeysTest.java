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
import org.junit.jupiter.api.Test;

class CachedKeysTest {
  private final AtomicReference<Instant> clock =
      new AtomicReference<>(Instant.parse("2026-06-02T15:00:00Z"));
  private final AtomicInteger queries = new AtomicInteger();

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
            clock::get)) {
      assertThat(keys.find("s", "a.example", new Patience(Caller.SERVER)))
          .isInstanceOfSatisfying(
              KeyAnswer.Unavailable.class,
              unavailable -> assertThat(unavailable.why()).contains("broken"));
    }
  }

  @Test
  void fewThreadsShouldWaitForADeadServerAndManyForOneQuery() throws Exception {
    CountDownLatch dead = new CountDownLatch(1);
    try (CachedKeys keys = waitingFor(dead);
        ExecutorService mails = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<KeyAnswer>> waiting = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        waiting.add(mails.submit(() -> keys.find("s", "a.example", new Patience(Caller.SERVER))));
      }
      KeyAnswer next = new KeyAnswer.Absent();
      for (int i = 0; i < 50 && !isRefusal(next); i++) {
        Thread.sleep(100);
        String domain = "d" + i + ".example";
        Future<KeyAnswer> asked =
            mails.submit(() -> keys.find("s", domain, new Patience(Caller.SERVER)));
        Thread.sleep(50);
        next = asked.isDone() ? asked.get() : next;
      }
      assertThat(next).isEqualTo(new KeyAnswer.Unavailable("others wait for the DNS already"));

      // All ends by itself, with the server still dead.
      for (Future<KeyAnswer> mail : waiting) {
        assertThat(mail.get()).isEqualTo(new KeyAnswer.Unavailable("no answer within 5 s"));
      }
      dead.countDown();
    }
  }

  @Test
  void threadsThatWaitTogetherShouldNotDoSoAgain() throws Exception {
    CountDownLatch dead = new CountDownLatch(1);
    try (CachedKeys keys = waitingFor(dead);
        ExecutorService mails = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<KeyAnswer>> waiting = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String domain = "d" + i + ".example";
        waiting.add(mails.submit(() -> keys.find("s", domain, new Patience(Caller.SERVER))));
      }
      for (Future<KeyAnswer> mail : waiting) {
        assertThat(mail.get()).isEqualTo(new KeyAnswer.Unavailable("no answer within 5 s"));
      }
      assertThat(keys.find("s", "e.example", new Patience(Caller.SERVER)))
          .isEqualTo(new KeyAnswer.Unavailable("others wait for the DNS already"));

      // A retry finds it alive again.
      dead.countDown();
      assertThat(keys.find("s", "f.example", new Patience(Caller.RETRY)))
          .isInstanceOf(KeyAnswer.Absent.class);
      assertThat(keys.find("s", "e.example", new Patience(Caller.SERVER)))
          .isInstanceOf(KeyAnswer.Absent.class);
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
  void anOrganisationShouldHaveTwoOpenQuestions() throws Exception {
    CountDownLatch dead = new CountDownLatch(1);
    try (CachedKeys keys = waitingFor(dead);
        ExecutorService mails = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2; i++) {
        String selector = "s" + i;
        var unused =
            mails.submit(() -> keys.find(selector, "a.example", new Patience(Caller.SERVER)));
      }
      while (queries.get() < 2) {
        Thread.sleep(10);
      }

      assertThat(keys.find("s2", "mail.a.example", new Patience(Caller.SERVER)))
          .isEqualTo(
              new KeyAnswer.Unavailable("no further question: others about a.example are open"));
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
        new CachedKeys(name -> new DnsKeys.Fresh(dns.get(), Duration.ofMinutes(1)), clock::get)) {
      KeyAnswer found = keys.find("s", "a.example", new Patience(Caller.SERVER));
      dns.set(new KeyAnswer.Unavailable("down"));
      pass(Duration.ofHours(12));
      assertThat(keys.find("s", "a.example", new Patience(Caller.SERVER))).isEqualTo(found);

      pass(Duration.ofHours(12));
      assertThat(keys.find("s", "a.example", new Patience(Caller.SERVER)))
          .isEqualTo(new KeyAnswer.Unavailable("down"));
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
            clock::get)) {
      keys.find("s", "a.example", new Patience(Caller.SERVER));
      pass(Duration.ofHours(12));
      assertThat(keys.find("s", "a.example", new Patience(Caller.SERVER))).isEqualTo(found);
      assertThat(queries).hasValue(2);

      pass(Duration.ofHours(12));
      assertThat(keys.find("s", "a.example", new Patience(Caller.SERVER)))
          .isEqualTo(new KeyAnswer.Unavailable("no answer within 5 s"));
      dead.countDown();
    }
  }

  private CachedKeys waitingFor(CountDownLatch latch) {
    return new CachedKeys(
        name -> {
          queries.incrementAndGet();
          awaitQuietly(latch);
          return new DnsKeys.Fresh(new KeyAnswer.Absent(), Duration.ofMinutes(1));
        },
        clock::get);
  }

  private static boolean isRefusal(KeyAnswer answer) {
    return answer instanceof KeyAnswer.Unavailable;
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
        clock::get);
  }

  private void pass(Duration time) {
    clock.updateAndGet(now -> now.plus(time));
  }
}
