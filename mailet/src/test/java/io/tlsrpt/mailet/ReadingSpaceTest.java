// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ReadingSpaceTest {
  private static final int MIB = 1 << 20;

  private final ReadingSpace space = new ReadingSpace(4 * MIB);
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @Test
  void noMoreShouldBeInsideThanThereIsSpaceFor() throws Exception {
    run(20, 2 * MIB);

    assertThat(most).hasValueBetween(1, 2);
    assertThat(inside).hasValue(0);
  }

  @Test
  void whatNeedsMoreThanThereIsShouldBeAlone() throws Exception {
    run(10, 1L << 50);

    assertThat(most).hasValue(1);
  }

  @Test
  void whatNeedsNothingShouldPass() {
    assertThat(space.within(0, () -> "done")).isEqualTo("done");
  }

  @Test
  void spaceShouldBeGivenBackWhateverHappens() {
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(
              () ->
                  space.within(
                      4 * MIB,
                      () -> {
                        throw new IllegalStateException("broken");
                      }));
    }

    assertThat(space.within(4 * MIB, () -> "done")).isEqualTo("done");
  }

  @Test
  void smallHeapShouldStillHaveSpace() {
    assertThat(ReadingSpace.ofHeap(1).within(MIB, () -> "done")).isEqualTo("done");
  }

  private void run(int threads, long bytes) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(executor.submit(() -> space.within(bytes, this::pass)));
      }
      for (Future<Integer> one : all) {
        one.get();
      }
    }
  }

  private int pass() {
    int now = inside.incrementAndGet();
    most.accumulateAndGet(now, Math::max);
    LockSupport.parkNanos(100_000);
    return inside.decrementAndGet();
  }
}
