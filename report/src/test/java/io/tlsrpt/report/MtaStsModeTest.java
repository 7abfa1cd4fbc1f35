// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MtaStsModeTest {
  @Test
  void modeShouldBeReadFromItsLine() {
    assertThat(mode("version: STSv1", "mode: enforce", "mx: mx.example.com"))
        .isEqualTo(MtaStsMode.ENFORCE);
    assertThat(mode("version:STSv1", "mode:testing")).isEqualTo(MtaStsMode.TESTING);
    assertThat(mode(" Mode :  NONE ")).isEqualTo(MtaStsMode.NONE);
  }

  @Test
  void modeShouldBeReadFromOneStringWithAllLines() {
    assertThat(mode("version: STSv1\r\nmode: enforce\r\nmx: mx.example.com\r\n"))
        .isEqualTo(MtaStsMode.ENFORCE);
  }

  @Test
  void firstReadableModeShouldWin() {
    assertThat(mode("mode: strict", "mode: testing", "mode: enforce"))
        .isEqualTo(MtaStsMode.TESTING);
  }

  @Test
  void modeShouldBeUnknownWithoutAny() {
    assertThat(mode()).isEqualTo(MtaStsMode.UNKNOWN);
    assertThat(mode("")).isEqualTo(MtaStsMode.UNKNOWN);
    assertThat(mode("xmode: enforce", "mode enforce")).isEqualTo(MtaStsMode.UNKNOWN);
  }

  private static MtaStsMode mode(String... policyString) {
    return MtaStsMode.ofPolicyString(List.of(policyString));
  }
}
