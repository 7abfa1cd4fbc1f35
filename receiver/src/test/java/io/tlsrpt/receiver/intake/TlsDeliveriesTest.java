// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.receiver.TlsDelivery;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TlsDeliveriesTest {
  private static final Instant NOW = Instant.parse("2026-06-02T15:00:00Z");
  private static final DomainName GOOD = new DomainName("good.example");

  private final TlsDeliveries deliveries = new TlsDeliveries();

  @Test
  void lastOneOverTlsShouldBeRemembered() {
    assertThat(deliveries.last(GOOD)).isEmpty();
    deliver(GOOD, 0, "TLSv1.2");
    deliver(GOOD, 1, "TLSv1.3");
    deliveries.delivered(GOOD, new Arrival("mail-2", NOW.plusSeconds(2)));

    assertThat(deliveries.last(GOOD)).hasValue(new TlsDelivery("TLSv1.3", NOW.plusSeconds(1)));
  }

  @Test
  void reporterThatWasSilentForLongestShouldGiveWay() {
    deliver(GOOD, 0, "TLSv1.3");
    deliver(reporter(0), 1, "TLSv1.3");
    for (int i = 1; i < TlsDeliveries.MOST - 1; i++) {
      deliver(reporter(i), i + 1, "TLSv1.3");
    }
    deliver(GOOD, 5_000, "TLSv1.3");
    deliver(new DomainName("new.example"), 5_001, "TLSv1.3");

    assertThat(deliveries.last(GOOD)).isPresent();
    assertThat(deliveries.last(reporter(0))).isEmpty();
    assertThat(deliveries.last(reporter(1))).isPresent();
  }

  private static DomainName reporter(int number) {
    return new DomainName("r" + number + ".example");
  }

  private void deliver(DomainName reporter, int seconds, String protocol) {
    deliveries.delivered(
        reporter, new Arrival("mail-1", NOW.plusSeconds(seconds), Optional.of(protocol)));
  }
}
