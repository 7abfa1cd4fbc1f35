// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * When each subject is looked at next. A subject that is being looked at is not due. Thread-safe.
 */
final class LookSchedule {
  /** Nothing is looked at more often, whatever hurries it. */
  private static final Duration LEAST_PAUSE = Duration.ofMinutes(10);

  /** More than the clock goes back by itself. */
  private static final Duration SET_BACK = Duration.ofMinutes(1);

  private record Due(Subject subject, Instant at) {}

  private final TreeSet<Due> queue =
      new TreeSet<>(
          Comparator.comparing(Due::at)
              .thenComparing(due -> due.subject().name())
              .thenComparing(due -> due.subject().getClass().getName()));

  private final Map<Subject, Due> waiting = new HashMap<>();
  private final Map<Subject, Instant> lastBegun = new HashMap<>();
  private final Set<Subject> running = new HashSet<>();
  private Instant lastTake = Instant.MIN;

  /** Adds a subject; one that is there already stays as it is. */
  synchronized void add(Subject subject, Instant first) {
    if (!waiting.containsKey(subject) && !running.contains(subject)) {
      put(subject, first);
    }
  }

  /** Removes a subject; a look that runs is its last. */
  synchronized void remove(Subject subject) {
    Due due = waiting.remove(subject);
    if (due != null) {
      queue.remove(due);
    }
    running.remove(subject);
    lastBegun.remove(subject);
  }

  /** Takes the subject that is due for the longest time, if one is. */
  synchronized Optional<Subject> take(Instant now) {
    Duration back = Duration.between(now, lastTake);
    lastTake = now;
    if (back.compareTo(SET_BACK) > 0) {
      shift(back);
    }
    if (queue.isEmpty() || queue.first().at().isAfter(now)) {
      return Optional.empty();
    }
    Due due = queue.first();
    queue.remove(due);
    waiting.remove(due.subject());
    begin(due.subject(), now);
    return Optional.of(due.subject());
  }

  /** Takes a subject whether it is due or not; false if it is not there, or is looked at now. */
  synchronized boolean takeNow(Subject subject, Instant now) {
    Due due = waiting.remove(subject);
    if (due == null) {
      return false;
    }
    queue.remove(due);
    begin(subject, now);
    return true;
  }

  private void begin(Subject subject, Instant now) {
    running.add(subject);
    lastBegun.put(subject, now);
  }

  /** A look has ended. One that was removed meanwhile does not come back. */
  synchronized void done(Subject subject, Instant next) {
    if (running.remove(subject)) {
      put(subject, next);
    }
  }

  /** Lets a subject be due earlier, but not within ten minutes after its last look. */
  synchronized void hurry(Subject subject, Instant wanted) {
    Due due = waiting.get(subject);
    if (due != null) {
      Instant last = lastBegun.get(subject);
      Instant earliest = last == null ? wanted : last.plus(LEAST_PAUSE);
      Instant at = wanted.isBefore(earliest) ? earliest : wanted;
      if (at.isBefore(due.at())) {
        queue.remove(due);
        put(subject, at);
      }
    }
  }

  /** When the last look began. */
  synchronized Optional<Instant> lastBegun(Subject subject) {
    return Optional.ofNullable(lastBegun.get(subject));
  }

  /** The clock was set back: what was due in an hour is so still. */
  private void shift(Duration back) {
    List<Due> all = List.copyOf(queue);
    queue.clear();
    all.forEach(due -> put(due.subject(), due.at().minus(back)));
    lastBegun.replaceAll((subject, at) -> at.minus(back));
  }

  private void put(Subject subject, Instant at) {
    Due due = new Due(subject, at);
    waiting.put(subject, due);
    queue.add(due);
  }
}
