// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailureWindowTest {
  private static final Instant END_OF_RANGE = Instant.parse("2026-06-01T23:59:59Z");
  private static final FailureWindow WINDOW = new FailureWindow(Duration.ofDays(8));

  @Test
  void windowShouldBeginWithTheReceipt() {
    Instant receipt = END_OF_RANGE.plus(Duration.ofHours(3));

    assertThat(WINDOW.endFor(receipt, END_OF_RANGE)).isEqualTo(receipt.plus(Duration.ofDays(8)));
  }

  @Test
  void lateReportShouldHaveTwoDaysForItsDelivery() {
    Instant latest = END_OF_RANGE.plus(Duration.ofDays(10));

    assertThat(WINDOW.endFor(END_OF_RANGE.plus(Duration.ofDays(2)), END_OF_RANGE))
        .isEqualTo(latest);
    assertThat(WINDOW.endFor(END_OF_RANGE.plus(Duration.ofDays(9)), END_OF_RANGE))
        .isEqualTo(latest);
  }

  @Test
  void windowShouldNotBeEmpty() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FailureWindow(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> new FailureWindow(Duration.ofDays(-1)));
  }
}
