// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks;

import io.tlsrpt.report.DomainName;
import java.time.Duration;

/**
 * Pauses between looks. They differ by name, so that no two domains and no two servers march in
 * step.
 */
final class Pauses {
  private static final int TENTH = 10;

  /** More than the ten minutes by which two looks must differ: answers may be a minute old. */
  private static final long SECOND_LOOK = Duration.ofMinutes(11).toMillis();

  private static final long SPREAD = Duration.ofMinutes(4).toMillis();

  private Pauses() {}

  /** The interval, a tenth more or less. */
  static Duration usual(Duration interval, DomainName name) {
    long tenth = interval.toMillis() / TENTH;
    return Duration.ofMillis(interval.toMillis() - tenth + hash(name, 2 * tenth + 1));
  }

  /** Until the second look at what one look saw otherwise: 11 to 15 minutes. */
  static Duration second(DomainName name) {
    return Duration.ofMillis(SECOND_LOOK + 1 + hash(name, SPREAD));
  }

  private static long hash(DomainName name, long bound) {
    return Math.floorMod(name.value().hashCode() * 0x9E3779B97F4A7C15L, bound);
  }
}
