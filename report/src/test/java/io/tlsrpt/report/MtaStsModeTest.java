// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
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

  @Test
  void modeInOtherFormsShouldBeReadAsMeant() {
    assertThat(other("version: STSv1; mode: enforce; mx: mx.example.com; max_age: 86400"))
        .hasValue(MtaStsMode.ENFORCE);
    assertThat(other("version: STSv1", "mode: enforce;")).hasValue(MtaStsMode.ENFORCE);
    assertThat(other("mode=testing")).hasValue(MtaStsMode.TESTING);
    assertThat(other("MODE = None")).hasValue(MtaStsMode.NONE);
    assertThat(other("version=STSv1,mode=enforce,mx=a.example")).hasValue(MtaStsMode.ENFORCE);
    assertThat(other("{\"version\":\"STSv1\",\"mode\":\"enforce\",\"mx\":[\"a\"]}"))
        .hasValue(MtaStsMode.ENFORCE);
    assertThat(other("{'mode': 'testing'}")).hasValue(MtaStsMode.TESTING);
    assertThat(other("mode: \"enforce\"")).hasValue(MtaStsMode.ENFORCE);
  }

  @Test
  void otherWordsShouldBeNoMode() {
    assertThat(other("mode: strict", "mode: testing.example", "mode: enforced")).isEmpty();
    assertThat(other("x-mode: enforce", "mx: mode.none.example", "themode=none")).isEmpty();
    assertThat(other("mode" + " ".repeat(60_000) + "enforce")).isEmpty();
  }

  private static Optional<MtaStsMode> other(String... policyString) {
    return MtaStsMode.inOtherForm(List.of(policyString));
  }

  private static MtaStsMode mode(String... policyString) {
    return MtaStsMode.ofPolicyString(List.of(policyString));
  }
}
