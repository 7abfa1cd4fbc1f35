// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import io.tlsrpt.figures.posture.Check;
import io.tlsrpt.figures.posture.CheckEvent;
import io.tlsrpt.figures.posture.CheckState;
import io.tlsrpt.figures.posture.CheckStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which checks have turned between two postures. What is so at the first look is not told, and
 * neither is what turns again within an hour. Thread-safe.
 */
final class Turns {
  private static final Duration PAUSE = Duration.ofHours(1);

  private record Told(String subject, Check check) {}

  private final Map<Told, Instant> last = new ConcurrentHashMap<>();

  /** The events to tell. */
  List<CheckEvent> between(
      String subject,
      Map<? extends Check, CheckState> before,
      Map<? extends Check, CheckState> after,
      Instant at) {
    List<CheckEvent> events = new ArrayList<>();
    after.forEach(
        (check, state) -> {
          CheckState earlier = before.get(check);
          if (earlier != null && turned(earlier, state) && mayTell(new Told(subject, check), at)) {
            events.add(event(subject, check, earlier, state, at));
          }
        });
    return events;
  }

  private static boolean turned(CheckState before, CheckState after) {
    return switch (after.status()) {
      case FAILING ->
          before.status() != CheckStatus.FAILING && before.status() != CheckStatus.NOT_YET;
      case OK -> before.status() == CheckStatus.FAILING;
      case UNKNOWN, ABSENT, OFF, NOT_YET -> false;
    };
  }

  private static CheckEvent event(
      String subject, Check check, CheckState before, CheckState after, Instant at) {
    boolean failing = after.status() == CheckStatus.FAILING;
    List<String> words = failing ? after.shown().faults() : before.shown().faults();
    return new CheckEvent(subject, check, failing, String.join("; ", words), at);
  }

  private boolean mayTell(Told what, Instant at) {
    Optional<Instant> before = Optional.ofNullable(last.get(what));
    boolean may = before.map(told -> !Ages.isRecent(told, PAUSE, at)).orElse(true);
    if (may) {
      last.put(what, at);
    }
    return may;
  }

  /** Forgets what is older than an hour. */
  void forgetBefore(Instant now) {
    last.values().removeIf(told -> !Ages.isRecent(told, PAUSE, now));
  }
}
