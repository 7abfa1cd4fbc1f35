// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a check stands after its looks. One look is not enough to say that something is failing: the
 * status changes when two looks agree, and turns to failing only if ten minutes lie between them,
 * so that neither a flapping host nor a moment's trouble is told of. A failing check is good again
 * at the first good look. Where nothing can be seen any more, a failing check stays failing for a
 * day: the repair may have cut us off, or may not.
 *
 * @param status what is shown
 * @param since when the present status was first seen
 * @param shown the look that the status comes from, or a later one that agrees
 * @param last the last look
 * @param broken the last time it was failing, if it ever was since the start
 */
public record CheckState(
    CheckStatus status, Instant since, Seen shown, Looked last, Optional<Broken> broken) {
  private static final Duration BLIND = Duration.ofHours(24);
  private static final Duration APART = Duration.ofMinutes(10);

  /**
   * One look.
   *
   * @param firstAt when looks began to see what this one sees
   * @param at when it was
   */
  public record Looked(Seen seen, Instant firstAt, Instant at) {
    public Looked {
      requireNonNull(seen, "seen");
      requireNonNull(firstAt, "firstAt");
      requireNonNull(at, "at");
    }

    private boolean lasts(Duration atLeast) {
      return Duration.between(firstAt, at).compareTo(atLeast) >= 0;
    }
  }

  /**
   * Looks that saw it failing.
   *
   * @param seen the last of them
   * @param lastAt when that was
   */
  public record Broken(Seen seen, Instant lastAt) {
    public Broken {
      requireNonNull(seen, "seen");
      requireNonNull(lastAt, "lastAt");
    }
  }

  public CheckState {
    requireNonNull(status, "status");
    requireNonNull(since, "since");
    requireNonNull(shown, "shown");
    requireNonNull(last, "last");
    requireNonNull(broken, "broken");
  }

  /** Before the first look. */
  public static CheckState before(Seen seen, Instant start) {
    return new CheckState(
        seen.status(), start, seen, new Looked(seen, start, start), Optional.empty());
  }

  /** After one more look. */
  public CheckState after(Seen seen, Instant at) {
    boolean agrees = seen.status() == last.seen().status();
    Looked look = new Looked(seen, agrees ? earlier(last.firstAt(), at) : at, at);
    Optional<Broken> failed =
        seen.status() == CheckStatus.FAILING ? Optional.of(new Broken(seen, at)) : broken;
    if (seen.status() == status) {
      return new CheckState(status, earlier(since, at), seen, look, failed);
    }
    return changes(look, agrees)
        ? new CheckState(seen.status(), look.firstAt(), seen, look, failed)
        : new CheckState(status, earlier(since, at), shown, look, failed);
  }

  /** Nothing was seen after now: if the clock was set back, what lasts begins anew. */
  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private boolean changes(Looked look, boolean agrees) {
    return switch (look.seen().status()) {
      case OFF -> true;
      case FAILING -> agrees && look.lasts(APART);
      case OK -> agrees || status == CheckStatus.FAILING || isUnseen();
      case UNKNOWN -> status == CheckStatus.FAILING ? look.lasts(BLIND) : agrees || isUnseen();
      case ABSENT, NOT_YET -> agrees || isUnseen();
    };
  }

  private boolean isUnseen() {
    return status == CheckStatus.NOT_YET || status == CheckStatus.OFF;
  }

  /**
   * Whether the last look saw something else than is shown, or may confirm a report though nothing
   * is certain, so that a second one should follow soon. Not if more looks have seen the same: a
   * check that stays failing while nothing can be seen would else be looked at all day.
   */
  public boolean isInDoubt() {
    boolean differs = last.seen().status() != status;
    boolean suspects =
        last.seen().status() == CheckStatus.UNKNOWN && !last.seen().kinds().isEmpty();
    return (differs || suspects) && !last.lasts(APART);
  }

  /** What the shown look found, most important first. */
  public List<String> findings() {
    return shown.findings();
  }
}
