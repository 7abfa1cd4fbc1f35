// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.receiver.ReportOutcome.Accepted;
import io.tlsrpt.figures.receiver.ReportOutcome.Deferred;
import io.tlsrpt.figures.receiver.ReportOutcome.Duplicate;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.Deviations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReceiverStateTest {
  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

  @Test
  void everyOutcomeShouldBeCountedOnce() {
    List<ReportOutcome> outcomes =
        List.of(
            new Accepted(Deviations.NONE.plus(Deviation.ZIP)),
            new Rejected(RejectionReason.MALFORMED, ""),
            new Duplicate(Deviations.NONE),
            new Rejected(RejectionReason.MALFORMED, ""),
            new Rejected(RejectionReason.LIMIT, ""));
    ReceiverState state = ReceiverState.startedAt(START);
    for (ReportOutcome outcome : outcomes) {
      state = state.plus(outcome, START.plusSeconds(1));
    }

    assertThat(state.received()).isEqualTo(5);
    assertThat(state.accepted()).isEqualTo(1);
    assertThat(state.duplicate()).isEqualTo(1);
    assertThat(state.rejected()).isEqualTo(3);
    assertThat(state.rejections())
        .isEqualTo(Map.of(RejectionReason.MALFORMED, 2L, RejectionReason.LIMIT, 1L));
    assertThat(state.deviations()).isEqualTo(Map.of(Deviation.ZIP, 1L));
    assertThat(state.lastReportTime()).hasValue(START.plusSeconds(1));
  }

  @Test
  void lastReportTimeShouldNotGoBack() {
    ReceiverState state =
        ReceiverState.startedAt(START)
            .plus(new Accepted(Deviations.NONE), START.plusSeconds(10))
            .plus(new Accepted(Deviations.NONE), START.plusSeconds(5));

    assertThat(state.lastReportTime()).hasValue(START.plusSeconds(10));
  }

  @Test
  void rejectionShouldNotBeALastReport() {
    ReceiverState state =
        ReceiverState.startedAt(START)
            .plus(new Rejected(RejectionReason.MALFORMED, ""), START.plusSeconds(1));

    assertThat(state.lastReportTime()).isEmpty();
  }

  @Test
  void whatWaitsShouldBeCountedOnceUntilItIsRead() {
    Instant received = START.plusSeconds(1);
    ReceiverState waiting =
        ReceiverState.startedAt(START)
            .plus(new Deferred(DeferralReason.DNS, ""), received)
            .plus(new Deferred(DeferralReason.DNS, ""), received);
    assertThat(waiting.received()).isEqualTo(2);
    assertThat(waiting.deferred()).isEqualTo(2);
    assertThat(waiting.deferred(DeferralReason.STORE)).isZero();

    ReceiverState read =
        waiting
            .minusDeferred(DeferralReason.DNS)
            .plus(new Accepted(Deviations.NONE), received)
            .plus(new Accepted(Deviations.NONE), received);
    assertThat(read.received()).isEqualTo(3);
    assertThat(read.accepted()).isEqualTo(2);
    assertThat(read.deferrals()).isEqualTo(Map.of(DeferralReason.DNS, 1L));
    assertThat(read.minusDeferred(DeferralReason.DNS).deferrals()).isEmpty();
  }
}
