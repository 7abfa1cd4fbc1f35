// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BrakeTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void onlySoManyPagesShouldBeMadeAtOnce(int turns) throws Exception {
    Brake brake = new Brake(turns, LONG);
    AtomicInteger making = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Future<Integer>> pages = new ArrayList<>();
    try (ExecutorService readers = Executors.newFixedThreadPool(10)) {
      for (int i = 0; i < 200; i++) {
        pages.add(
            readers.submit(
                () ->
                    brake.inTurn(
                        () -> {
                          int now = making.incrementAndGet();
                          most.accumulateAndGet(now, Math::max);
                          LockSupport.parkNanos(100_000);
                          return making.decrementAndGet();
                        })));
      }
      for (Future<Integer> page : pages) {
        page.get();
      }
    }

    assertThat(most.get()).isBetween(1, turns);
  }

  @Test
  void pageThatHangsShouldNotHoldUpOthers() throws Exception {
    Brake brake = new Brake(1, Duration.ofMillis(50));
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
      Future<Boolean> hanging =
          reader.submit(
              () ->
                  brake.inTurn(
                      () -> {
                        hangs.countDown();
                        return awaited(end);
                      }));
      hangs.await();

      assertThat(brake.<String>inTurn(() -> "page")).isEqualTo("page");
      assertThat(hanging).isNotDone();
      end.countDown();
      assertThat(hanging.get()).isTrue();
    }
  }

  @Test
  void pageThatFailsShouldGiveItsTurnBack() {
    Brake brake = new Brake(1, LONG);

    assertThatThrownBy(
            () ->
                brake.inTurn(
                    () -> {
                      throw new IllegalStateException("the page");
                    }))
        .hasMessage("the page");
    assertThat(brake.<String>inTurn(() -> "page")).isEqualTo("page");
  }

  private static boolean awaited(CountDownLatch end) {
    try {
      end.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
