// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportIdentity;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** How much of a SHA-256 is kept: stored rows are found by it, so it must not change. */
class DigestsTest {
  private static final String FIRST_HALF = "00112233445566778899aabbccddeeff";
  private static final String SECOND_HALF = "0123456789abcdef0123456789abcdef";

  @Test
  void identityShouldBeTheFirstHalf() {
    ReportIdentity identity = new ReportIdentity(FIRST_HALF + SECOND_HALF);

    assertThat(Digests.hex(identity)).isEqualTo(FIRST_HALF);
    assertThat(Digests.of(identity)).isEqualTo(HexFormat.of().parseHex(FIRST_HALF));
  }

  @Test
  void contentShouldBeTheFirstQuarterAsANumberWithASign() {
    assertThat(Digests.of(new ReportContent(FIRST_HALF + SECOND_HALF)))
        .isEqualTo(0x0011_2233_4455_6677L);
    assertThat(Digests.of(new ReportContent("f".repeat(16) + SECOND_HALF))).isEqualTo(-1);
  }
}
