// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static io.tlsrpt.figures.FailureKind.CERTIFICATE_EXPIRED;
import static io.tlsrpt.figures.FailureKind.OTHER;
import static io.tlsrpt.figures.FailureKind.TLSA_INVALID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureCountsTest {
  @Test
  void kindsShouldBeThoseThatCountMoreThanNothing() {
    FailureCounts counts = FailureCounts.of(Map.of(OTHER, 2L, CERTIFICATE_EXPIRED, 0L));

    assertThat(counts.kinds()).containsExactly(OTHER);
    assertThat(counts.of(OTHER)).isEqualTo(2);
    assertThat(counts.of(CERTIFICATE_EXPIRED)).isZero();
  }

  @Test
  void nothingButZerosShouldBeNothing() {
    assertThat(FailureCounts.of(Map.of(OTHER, 0L))).isEqualTo(FailureCounts.NONE);
    assertThat(FailureCounts.NONE.isZero()).isTrue();
  }

  @Test
  void sumShouldBeByKind() {
    FailureCounts sum =
        FailureCounts.of(Map.of(OTHER, 2L, CERTIFICATE_EXPIRED, 3L))
            .plus(FailureCounts.of(Map.of(TLSA_INVALID, 5L, OTHER, 7L)));

    assertThat(sum)
        .isEqualTo(FailureCounts.of(Map.of(OTHER, 9L, CERTIFICATE_EXPIRED, 3L, TLSA_INVALID, 5L)));
    assertThat(sum.sum()).isEqualTo(17);
    assertThat(FailureCounts.NONE.plus(sum)).isEqualTo(sum);
    assertThat(sum.plus(FailureCounts.NONE)).isEqualTo(sum);
  }

  @Test
  void countBelowZeroShouldBeRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FailureCounts.of(Map.of(OTHER, -1L)))
        .withMessageContaining("negative");
  }
}
