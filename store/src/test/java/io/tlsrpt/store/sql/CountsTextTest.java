// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tlsrpt.figures.FailureCounts;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.PolicyKind;
import io.tlsrpt.figures.RecentDays;
import io.tlsrpt.figures.SessionCounts;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that a person can read at the database's prompt: what they hold must not change. */
class CountsTextTest {
  private static final FailureCounts FAILURES =
      FailureCounts.of(Map.of(FailureKind.OTHER, 1L, FailureKind.CERTIFICATE_EXPIRED, 3L));

  @Test
  void failuresShouldBeWrittenAsTheyAreRead() {
    assertThat(CountsText.write(FAILURES)).isEqualTo("certificate-expired=3,other=1");
    assertThat(CountsText.readFailures("certificate-expired=3,other=1")).isEqualTo(FAILURES);
    assertThat(CountsText.readFailures(CountsText.write(FailureCounts.NONE)))
        .isEqualTo(FailureCounts.NONE);
  }

  @Test
  void sessionsShouldBeWrittenAsTheyAreRead() {
    Map<PolicyKind, SessionCounts> sessions = new EnumMap<>(PolicyKind.class);
    sessions.put(PolicyKind.STS, new SessionCounts(98, 2));
    sessions.put(PolicyKind.TLSA, new SessionCounts(101, 0));

    assertThat(CountsText.write(sessions)).isEqualTo("sts=98/2,tlsa=101/0");
    assertThat(CountsText.readSessions("sts=98/2,tlsa=101/0")).isEqualTo(sessions);
    assertThat(CountsText.readSessions("")).isEmpty();
  }

  @Test
  void daysShouldBeWrittenAsTheyAreRead() {
    RecentDays days =
        new RecentDays(
            Map.of(
                LocalDate.ofEpochDay(20_606),
                FAILURES,
                LocalDate.ofEpochDay(20_605),
                FailureCounts.NONE));

    assertThat(CountsText.write(days)).isEqualTo("20605 20606:certificate-expired=3,other=1");
    assertThat(CountsText.readDays(CountsText.write(days))).isEqualTo(days);
    assertThat(CountsText.readDays("")).isEqualTo(new RecentDays(Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"certificate-expired", "no-such-kind=1", "other=many", "other=", ","})
  void whatWasNeverWrittenShouldBeRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> CountsText.readFailures(text));
  }
}
