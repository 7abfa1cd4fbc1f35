// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.deferral;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.DeferralReason;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private static final Instant NOW = Instant.parse("2026-06-02T15:00:00Z");

  private final Waiting waiting = new Waiting();

  @Test
  void placesShouldBeBoundedInNumber() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(offer(i, 1)).isInstanceOf(Offer.Kept.class);
    }

    assertThat(offer(1_000, 1)).isEqualTo(new Offer.Full("1000 mails wait already"));
    assertThat(offer(7, 1)).isInstanceOf(Offer.KeptBefore.class);
    waiting.remove(digest(7));
    assertThat(offer(1_000, 1)).isInstanceOf(Offer.Kept.class);
  }

  @Test
  void placesShouldBeBoundedInSize() {
    assertThat(offer(1, 200 << 20)).isInstanceOf(Offer.Kept.class);
    assertThat(offer(2, 57 << 20))
        .isEqualTo(new Offer.Full("more than 268435456 bytes would wait"));
    assertThat(offer(3, 56 << 20)).isInstanceOf(Offer.Kept.class);
  }

  @Test
  void theLongestDueShouldComeFirst() {
    offer(1, 1);
    offer(2, 1);
    offer(3, 1);
    waiting.postpone(digest(2), ticket(2), NOW.minusSeconds(10));
    waiting.postpone(digest(3), ticket(3), NOW.plusSeconds(1));

    assertThat(waiting.due(NOW)).containsExactly(digest(2), digest(1));
  }

  private Offer offer(int number, long size) {
    return waiting.offer(digest(number), new Waiting.Entry(ticket(number), size, NOW));
  }

  private static Ticket ticket(int number) {
    return new Ticket("mail", NOW, DeferralReason.DNS, Optional.empty(), "o" + number + ".example");
  }

  private static MailDigest digest(int number) {
    byte[] bytes = String.valueOf(number).getBytes(UTF_8);
    return MailDigest.of(bytes, bytes.length);
  }
}
