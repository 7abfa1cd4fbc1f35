// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

import java.time.Duration;
import java.time.Instant;

/**
 * An answer, as it is remembered.
 *
 * @param answeredAt when the DNS gave it
 * @param refreshAt when the DNS is to be asked again
 */
record CachedAnswer<A>(A answer, Instant answeredAt, Instant refreshAt) {
  /**
   * Whether the DNS need not be asked yet. If the answer lies ahead, the clock was set back; the
   * answer's age is unknown then, and the DNS is asked.
   */
  boolean isFresh(Instant now) {
    return now.isBefore(refreshAt) && !now.isBefore(answeredAt);
  }

  /** Whether the answer is less than so old. */
  boolean isYoungerThan(Duration age, Instant now) {
    return now.isBefore(answeredAt.plus(age));
  }

  /** The same answer of the same age, to be used until another time. */
  CachedAnswer<A> refreshedAt(Instant next) {
    return new CachedAnswer<>(answer, answeredAt, next);
  }
}
