// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.checks.judgement.PolicySight;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.posture.PublishedMode;
import io.tlsrpt.figures.posture.PublishedPolicy;
import io.tlsrpt.figures.posture.Seen;
import io.tlsrpt.figures.posture.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The policy of a domain over several looks: since when it has its mode, and whether its text was
 * changed without its id, so that senders which know the old text keep it (RFC 8461 §3.1).
 *
 * @param policy as it was last read
 * @param digest of its text
 * @param modeSince the first of the looks in a row that saw this mode
 * @param looks how many those are
 * @param changed when the text was changed without the id, while that matters
 */
record PolicyMemory(
    PublishedPolicy policy, String digest, Instant modeSince, int looks, Optional<Change> changed) {

  /**
   * The text was changed without the id.
   *
   * @param at when a look first saw that
   * @param maxAge of the text before, for which senders keep that one
   */
  record Change(Instant at, Duration maxAge) {
    Change {
      requireNonNull(at, "at");
      requireNonNull(maxAge, "maxAge");
    }

    private boolean mattersAt(Instant now) {
      return Ages.isRecent(at, maxAge, now);
    }

    private String words() {
      long days = Math.max(1, maxAge.toDays());
      return "the policy was changed on %s, its id was not: senders that know the old one keep it up to %d day%s (max_age)"
          .formatted(Times.day(at), days, days == 1 ? "" : "s");
    }
  }

  PolicyMemory {
    requireNonNull(policy, "policy");
    requireNonNull(digest, "digest");
    requireNonNull(modeSince, "modeSince");
    requireNonNull(changed, "changed");
  }

  /** Before the first look. */
  static PolicyMemory none(Instant start) {
    return new PolicyMemory(PublishedPolicy.UNKNOWN, "", start, 0, Optional.empty());
  }

  PolicyMemory after(PolicySight sight, Instant at) {
    return switch (sight) {
      case PolicySight.NotPublished none -> same(PublishedPolicy.ABSENT, "", Optional.empty(), at);
      // What was read before is still the best that is known.
      case PolicySight.NoPolicy none -> this;
      case PolicySight.NotLookedAt none -> this;
      case PolicySight.Usable readable ->
          same(published(readable), readable.digest(), changed(readable, at), at);
    };
  }

  private static PublishedPolicy published(PolicySight.Usable readable) {
    return new PublishedPolicy(
        PublishedMode.valueOf(readable.policy().mode().name()),
        readable.id(),
        readable.policy().maxAge(),
        readable.policy().patterns().stream().map(Object::toString).toList(),
        Optional.empty());
  }

  private Optional<Change> changed(PolicySight.Usable readable, Instant at) {
    if (digest.isEmpty() || !readable.id().equals(policy.id())) {
      return Optional.empty();
    }
    return readable.digest().equals(digest)
        ? changed.filter(change -> change.mattersAt(at))
        : Optional.of(new Change(at, policy.maxAge()));
  }

  private PolicyMemory same(
      PublishedPolicy seen, String digestNow, Optional<Change> changedNow, Instant at) {
    boolean agrees = looks > 0 && seen.mode() == policy.mode();
    // It is after now only if the clock was set back.
    Instant since = agrees && modeSince.isBefore(at) ? modeSince : at;
    int inRow = agrees ? looks + 1 : 1;
    return new PolicyMemory(
        new PublishedPolicy(
            seen.mode(),
            seen.id(),
            seen.maxAge(),
            seen.mx(),
            inRow > 1 ? Optional.of(since) : Optional.empty()),
        digestNow,
        since,
        inRow,
        changedNow);
  }

  /** What is to be said of MTA-STS: what the look saw, unless the id is what is wrong. */
  Seen judge(PolicySight sight) {
    return changed
        .filter(change -> sight instanceof PolicySight.Usable)
        .map(
            change ->
                Seen.failing(change.words(), FailureKind.STS_POLICY_INVALID)
                    .noting(sight.seen().notes()))
        .orElseGet(sight::seen);
  }
}
