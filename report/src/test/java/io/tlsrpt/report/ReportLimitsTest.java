// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ReportLimitsTest {
  @Test
  void defaultsShouldBeThoseOfTheDocumentation() {
    assertThat(ReportLimits.DEFAULT)
        .isEqualTo(
            new ReportLimits(
                15_728_640, 26_214_400, 32, 65_536, 100, 1_000, 250_000, 10_000, 10, 100, 1_000));
  }

  @Test
  void everyLimitShouldBePositive() {
    assertThatIllegalArgumentException().isThrownBy(() -> ReportLimits.DEFAULT.withSizes(1, 0));
  }
}
