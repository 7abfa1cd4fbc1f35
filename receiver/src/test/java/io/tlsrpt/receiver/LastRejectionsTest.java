// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.view.RejectedMail;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LastRejectionsTest {
  private final LastRejections last = new LastRejections();

  @Test
  void onlyTheLastHundredShouldBeHeldTheLastOneFirst() {
    for (int i = 0; i < 150; i++) {
      last.add(rejected("mail-" + i, "x"));
    }
    assertThat(last.newestFirst()).hasSize(100);
    assertThat(last.newestFirst().getFirst().mail()).isEqualTo("mail-149");
    assertThat(last.newestFirst().getLast().mail()).isEqualTo("mail-50");
  }

  @Test
  void longDetailShouldBeCut() {
    last.add(rejected("mail", "x".repeat(5_000)));
    assertThat(last.newestFirst().getFirst().detail()).hasSize(1_001).endsWith("x…");
  }

  private static RejectedMail rejected(String mail, String detail) {
    return new RejectedMail(
        Instant.parse("2026-06-02T15:00:00Z"), mail, RejectionReason.DKIM_MISSING, detail);
  }
}
