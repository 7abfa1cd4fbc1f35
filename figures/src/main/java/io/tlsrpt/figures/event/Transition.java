// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.event;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureCounts;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A kind of failure of a domain begins to be active, or ceases to be.
 *
 * @param time when it was noticed
 */
public record Transition(DomainName domain, FailureKind kind, Change change, Instant time)
    implements DomainEvent {

  /** What has changed. */
  public enum Change {
    /** Its active count has left 0. */
    STARTED,
    /** Its active count is 0 again, and a reporter of it has since had sessions without it. */
    RECOVERED,
    /** Its active count is 0 again, because nobody has reported it within the failure window. */
    EXPIRED
  }

  public Transition {
    requireNonNull(domain, "domain");
    requireNonNull(kind, "kind");
    requireNonNull(change, "change");
    requireNonNull(time, "time");
  }

  /**
   * The transitions between two states of a domain, in order: first those that passing time has
   * caused, then those that the reports committed in between have caused.
   *
   * @param before the earlier state, as at the time {@code then}
   * @param after the later state, as at the time {@code now}
   */
  public static List<Transition> between(
      DomainState before, Instant then, DomainState after, Instant now, FailureWindow window) {
    FailureCounts at = before.activeFailures(then, window);
    // The earlier state at the later time: what differs from it at first is caused by time alone.
    FailureCounts expired = before.activeFailures(now, window);
    FailureCounts reported = after.activeFailures(now, window);
    List<Transition> transitions = new ArrayList<>();
    add(transitions, at, expired, before, now);
    add(transitions, expired, reported, after, now);
    return List.copyOf(transitions);
  }

  private static void add(
      List<Transition> transitions,
      FailureCounts before,
      FailureCounts after,
      DomainState state,
      Instant now) {
    for (FailureKind kind : FailureKind.values()) {
      if (before.of(kind) == 0 && after.of(kind) > 0) {
        transitions.add(new Transition(state.domain(), kind, Change.STARTED, now));
      } else if (before.of(kind) > 0 && after.of(kind) == 0) {
        Change change = state.hasRecovered(kind) ? Change.RECOVERED : Change.EXPIRED;
        transitions.add(new Transition(state.domain(), kind, change, now));
      }
    }
  }
}
