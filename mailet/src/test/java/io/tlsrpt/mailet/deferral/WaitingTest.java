// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.deferral;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.dkim.Authenticity.Authenticated;
import io.tlsrpt.figures.DeferralReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private static final Instant NOW = Instant.parse("2026-06-02T15:00:00Z");

  private final Waiting waiting = new Waiting();

  @Test
  void placesShouldBeBoundedInNumber() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(waiting.refusal(ticket(i), 1)).isEmpty();
      waiting.add(digest(i), ticket(i), 1, NOW);
    }

    assertThat(waiting.refusal(ticket(1_000), 1)).hasValue("1000 mails wait already");
    waiting.remove(digest(7));
    assertThat(waiting.refusal(ticket(1_000), 1)).isEmpty();
  }

  @Test
  void placesShouldBeBoundedInSize() {
    for (int i = 0; i < 8; i++) {
      assertThat(waiting.refusal(ticket(i), 32 << 20)).isEmpty();
      waiting.add(digest(i), ticket(i), 32 << 20, NOW);
    }

    assertThat(waiting.refusal(ticket(8), 1)).hasValue("more than 268435456 bytes would wait");
    assertThat(waiting.refusal(ticket(3), 0)).isEmpty();
  }

  @Test
  void anOrganisationShouldHaveItsShare() {
    waiting.add(digest(1), ticket(1), 30 << 20, NOW);

    assertThat(waiting.refusal(ticket(1), 3 << 20))
        .hasValue("more than 33554432 bytes of o1.example would wait");
    assertThat(waiting.refusal(ticket(2), 3 << 20)).isEmpty();
    for (int i = 100; i < 119; i++) {
      waiting.add(digest(i), ticket(1), 1, NOW);
    }
    assertThat(waiting.refusal(ticket(1), 1)).hasValue("20 mails of o1.example wait already");
  }

  @Test
  void authenticMailsShouldHaveHalfOfAllPlacesAndLeaveTheOthersTheirs() {
    for (int i = 0; i < 500; i++) {
      assertThat(waiting.refusal(authentic(), 1)).isEmpty();
      waiting.add(digest(i), authentic(), 1, NOW);
    }

    assertThat(waiting.refusal(authentic(), 1)).hasValue("500 mails of o1.example wait already");
    assertThat(waiting.refusal(ticket(1), 1)).isEmpty();
  }

  @Test
  void whatIsBackShouldHastenWhatWaitsForIt() {
    waiting.add(digest(1), ticket(1), 1, NOW.plusSeconds(60));
    waiting.add(digest(2), authentic(), 1, NOW.plusSeconds(60));

    waiting.hasten(DeferralReason.STORE, NOW);
    assertThat(waiting.takeDue(NOW)).containsExactly(digest(2));
  }

  private static Ticket authentic() {
    return new Ticket(
        "mail",
        NOW,
        DeferralReason.STORE,
        Optional.of(new Authenticated("mail.o1.example", Set.of())),
        "o1.example");
  }

  @Test
  void theLongestDueShouldComeFirstAndOnlyOnce() {
    for (int i = 1; i <= 3; i++) {
      waiting.add(digest(i), ticket(i), 1, NOW);
    }
    waiting.putBack(digest(2), ticket(2), NOW.minusSeconds(10));
    waiting.putBack(digest(3), ticket(3), NOW.plusSeconds(1));

    assertThat(waiting.takeDue(NOW)).containsExactly(digest(2), digest(1));
    assertThat(waiting.takeDue(NOW)).isEmpty();
    waiting.putBack(digest(2), ticket(2), NOW);
    assertThat(waiting.takeDue(NOW.plusSeconds(1))).containsExactly(digest(2), digest(3));
  }

  @Test
  void clockThatIsSetBackShouldNotStopAnything() {
    waiting.add(digest(1), ticket(1), 1, NOW.plus(Duration.ofDays(365)));

    assertThat(waiting.takeDue(NOW)).containsExactly(digest(1));
  }

  private static Ticket ticket(int number) {
    return new Ticket("mail", NOW, DeferralReason.DNS, Optional.empty(), "o" + number + ".example");
  }

  private static MailDigest digest(int number) {
    byte[] bytes = String.valueOf(number).getBytes(UTF_8);
    return MailDigest.of(bytes, bytes.length);
  }
}
