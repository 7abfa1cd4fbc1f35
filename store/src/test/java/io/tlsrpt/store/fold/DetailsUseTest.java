// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one reporter's failure details take on a day of receipt. */
class DetailsUseTest {
  private static final DetailsUse USE = new DetailsUse(LocalDate.parse("2026-06-02"), 300);

  @ParameterizedTest
  @CsvSource({
    "2026-06-02, 2026-06-02, 300",
    "2026-06-03, 2026-06-03, 0",
    // A mail that was deferred.
    "2026-06-01, 2026-06-02, 300",
  })
  void onlyALaterDayShouldHaveAllItsRoom(LocalDate receipt, LocalDate day, int octets) {
    assertThat(USE.on(receipt)).isEqualTo(new DetailsUse(day, octets));
  }

  @Test
  void octetsShouldAddUp() {
    assertThat(USE.plus(50)).isEqualTo(new DetailsUse(USE.day(), 350));
  }
}
