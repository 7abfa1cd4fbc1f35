// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.receiver.RejectionReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RejectionGuideTest {
  @ParameterizedTest
  @EnumSource
  void eachReasonShouldBeExplainedInPlainText(RejectionReason reason) {
    RejectionGuide.Advice advice = RejectionGuide.of(reason);
    assertThat(advice.meaning()).isNotBlank().doesNotContain("`", "](", "|");
    assertThat(advice.remedy()).isNotBlank().doesNotContain("`", "](", "|");
  }
}
