// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.checks.dns.Answer.Absent;
import io.tlsrpt.checks.dns.Answer.Bogus;
import io.tlsrpt.checks.dns.Answer.Unavailable;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ValidationTest {
  private Instant now = Instant.parse("2026-11-29T12:00:00Z");
  private int questions;
  private Answer<?> answer = new Absent<>(true, true);

  private final Validation validation =
      new Validation(
          () -> {
            questions++;
            return answer;
          },
          () -> now);

  @Test
  void answerShouldBeKeptForAnHour() {
    assertThat(validation.validates()).contains(true);

    answer = new Absent<>(false, true);
    pass(Duration.ofMinutes(59));

    assertThat(validation.validates()).contains(true);
    assertThat(questions).isEqualTo(1);

    pass(Duration.ofMinutes(1));

    assertThat(validation.validates()).contains(false);
    assertThat(questions).isEqualTo(2);
  }

  @Test
  void resolverShouldBeAskedAgainSoonIfThereWasNoAnswer() {
    answer = new Unavailable<>("SERVFAIL");
    assertThat(validation.validates()).isEmpty();

    answer = new Absent<>(true, true);
    pass(Duration.ofSeconds(59));
    assertThat(validation.validates()).isEmpty();

    pass(Duration.ofSeconds(1));
    assertThat(validation.validates()).contains(true);
  }

  @Test
  void nothingShouldBeKnownOfAResolverThatFindsAllBogus() {
    answer = new Bogus<>("the clock is wrong");

    assertThat(validation.validates()).isEmpty();
  }

  @Test
  void clockThatIsSetBackShouldNotKeepAnAnswer() {
    assertThat(validation.validates()).contains(true);

    answer = new Absent<>(false, true);
    pass(Duration.ofDays(-365));

    assertThat(validation.validates()).contains(false);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}
