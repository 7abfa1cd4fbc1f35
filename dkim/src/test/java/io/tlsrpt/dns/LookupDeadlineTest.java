// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LookupDeadlineTest {
  @Test
  void deadlineShouldDependOnTheThread() throws Exception {
    LookupDeadline spooler = new LookupDeadline(WaitingThread.SPOOLER);
    LookupDeadline retry = new LookupDeadline(WaitingThread.RETRY);
    assertThat(spooler.left()).isLessThanOrEqualTo(Duration.ofSeconds(5).toNanos());
    assertThat(retry.left()).isLessThanOrEqualTo(Duration.ofMillis(200).toNanos());

    Thread.sleep(210);
    assertThat(retry.left()).isNotPositive();
    assertThat(spooler.left()).isLessThan(Duration.ofMillis(4_800).toNanos());
  }
}
