// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

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

class LargeReadingsTest {
  private static final long MIB = 1 << 20;

  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @Test
  void noMoreShouldTakeTheirTurnThanThereIsRoomFor() throws Exception {
    run(new LargeReadings(2));

    assertThat(most).hasValueBetween(1, 2);
    assertThat(inside).hasValue(0);
  }

  @Test
  void smallOnesShouldNotWait() {
    LargeReadings readings = new LargeReadings(1);

    try (LargeReadings.Turn large = readings.begin();
        LargeReadings.Turn small = readings.begin()) {
      large.take();
      large.take();
      assertThat(small).isNotNull();
    }
  }

  @Test
  void turnShouldBeGivenBackWhateverHappens() {
    LargeReadings readings = new LargeReadings(1);
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(
              () -> {
                try (LargeReadings.Turn turn = readings.begin()) {
                  turn.take();
                  throw new IllegalStateException("broken");
                }
              });
    }

    try (LargeReadings.Turn turn = readings.begin()) {
      turn.take();
      assertThat(readings).isNotNull();
    }
  }

  @Test
  void roomShouldBeASixteenthOfTheHeapAndOneAtLeast() throws Exception {
    run(LargeReadings.ofHeap(16 * 4 * MIB, MIB));
    assertThat(most).hasValueBetween(1, 2);

    most.set(0);
    run(LargeReadings.ofHeap(1, 25 * MIB));
    assertThat(most).hasValue(1);
  }

  private void run(LargeReadings readings) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        all.add(
            threads.submit(
                () -> {
                  try (LargeReadings.Turn turn = readings.begin()) {
                    turn.take();
                    return pass();
                  }
                }));
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
