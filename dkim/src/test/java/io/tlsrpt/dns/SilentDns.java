// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A DNS that answers nobody until it speaks; then it has no address for any host. */
final class SilentDns {
  /** Names that have reached the DNS. */
  final AtomicInteger queries = new AtomicInteger();

  /** Names whose questions have ended. */
  final Queue<String> answered = new ConcurrentLinkedQueue<>();

  private final CountDownLatch silence = new CountDownLatch(1);

  Address ask(String host) {
    queries.incrementAndGet();
    try {
      silence.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Address.ABSENT;
  }

  void speak() {
    silence.countDown();
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(10);
    }
  }
}
