// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.NothingLeft;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NothingLeft.class)
class DeadlinesTest {
  private static final Duration NEVER = Duration.ofDays(1);

  private final AtomicInteger closed = new AtomicInteger();

  @Test
  void socketShouldBeClosedWhenItsTimeIsOver() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    try (Deadlines deadlines = new Deadlines();
        Deadline deadline = deadlines.begin(Duration.ofMillis(1), end::countDown)) {
      assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(deadline.rang()).isTrue();
      assertThat(deadlines.running()).isZero();
    }
  }

  @Test
  void oneThatWasCalledOffShouldNeverRing() {
    try (Deadlines deadlines = new Deadlines()) {
      Deadline deadline = deadlines.begin(NEVER, closed::incrementAndGet);
      assertThat(deadlines.running()).isEqualTo(1);

      deadline.close();
      deadline.ring();

      assertThat(deadline.rang()).isFalse();
      assertThat(deadlines.running()).isZero();
    }
    assertThat(closed).hasValue(0);
  }

  @Test
  void endOfAllShouldCloseWhatIsOpenAndWhatComesLater() {
    Deadlines deadlines = new Deadlines();
    Deadline before = deadlines.begin(NEVER, closed::incrementAndGet);

    deadlines.close();
    Deadline after = deadlines.begin(NEVER, closed::incrementAndGet);

    assertThat(before.rang()).isTrue();
    assertThat(after.rang()).isTrue();
    assertThat(closed).hasValue(2);
    assertThat(deadlines.running()).isZero();
  }
}
