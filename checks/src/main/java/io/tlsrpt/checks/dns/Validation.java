// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.dns;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the server's resolver validates. If not, an answer that is not secure says nothing about
 * its zone. Thread-safe; a thread may wait for another's question.
 */
final class Validation {
  private static final Duration KEPT = Duration.ofHours(1);

  /**
   * After no answer: the DNS may be back soon, and until then nothing can be said of any domain.
   */
  private static final Duration UNTIL_NEXT_TRY = Duration.ofMinutes(1);

  private final Supplier<Answer<?>> question;
  private final InstantSource clock;
  private Optional<Boolean> validates = Optional.empty();
  private Instant asked = Instant.MIN;

  /**
   * Asks when it must.
   *
   * @param question about a name that is signed for certain
   */
  Validation(Supplier<Answer<?>> question, InstantSource clock) {
    this.question = requireNonNull(question, "question");
    this.clock = requireNonNull(clock, "clock");
  }

  /** Empty if there is no answer. */
  synchronized Optional<Boolean> validates() {
    Instant now = clock.instant();
    if (isDue(now)) {
      validates = ask();
      asked = now;
    }
    return validates;
  }

  private boolean isDue(Instant now) {
    // A clock that was set back must not keep an old answer alive.
    return now.isBefore(asked)
        || asked.equals(Instant.MIN)
        || !asked.plus(validates.isPresent() ? KEPT : UNTIL_NEXT_TRY).isAfter(now);
  }

  private Optional<Boolean> ask() {
    return switch (question.get()) {
      case Answer.Found<?> found -> Optional.of(found.secure());
      case Answer.Absent<?> absent -> Optional.of(absent.secure());
      case Answer.Bogus<?> bogus -> Optional.empty();
      case Answer.Unavailable<?> unavailable -> Optional.empty();
    };
  }
}
