// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Failed sessions by kind; immutable, and a kind that is not named counts 0. Small, since there may
 * be half a million of them.
 */
public final class FailureCounts {
  public static final FailureCounts NONE = new FailureCounts(Set.of(), new long[0]);

  private static final Interner<Set<FailureKind>> SETS = new Interner<>();

  private final Set<FailureKind> kinds;

  /** Of those kinds, in their order. */
  private final long[] counts;

  private FailureCounts(Set<FailureKind> kinds, long[] counts) {
    this.kinds = kinds;
    this.counts = counts;
  }

  /** Takes the counts above 0 from {@code counts}, in which none may be negative. */
  public static FailureCounts of(Map<FailureKind, Long> counts) {
    EnumMap<FailureKind, Long> positive = new EnumMap<>(FailureKind.class);
    counts.forEach(
        (kind, count) -> {
          if (count < 0) {
            throw new IllegalArgumentException("a failure count is negative");
          }
          if (count > 0) {
            positive.put(kind, count);
          }
        });
    return positive.isEmpty() ? NONE : packed(positive);
  }

  private static FailureCounts packed(EnumMap<FailureKind, Long> positive) {
    return new FailureCounts(
        SETS.of(Collections.unmodifiableSet(EnumSet.copyOf(positive.keySet()))),
        positive.values().stream().mapToLong(Long::longValue).toArray());
  }

  public long of(FailureKind kind) {
    if (isZero()) {
      return 0;
    }
    int i = 0;
    for (FailureKind known : kinds) {
      if (known == kind) {
        return counts[i];
      }
      i++;
    }
    return 0;
  }

  /** The kinds that count more than 0. */
  public Set<FailureKind> kinds() {
    return kinds;
  }

  /**
   * The sum over all kinds: details may overlap, so it may exceed the failed sessions (RFC 8460
   * §4).
   */
  public long sum() {
    return Arrays.stream(counts).sum();
  }

  public boolean isZero() {
    return kinds.isEmpty();
  }

  public FailureCounts plus(FailureCounts other) {
    if (isZero()) {
      return other;
    }
    EnumMap<FailureKind, Long> sum = byKind();
    other.byKind().forEach((kind, count) -> sum.merge(kind, count, Long::sum));
    return packed(sum);
  }

  /** What is left without a part of them; never less than none. */
  FailureCounts minus(FailureCounts part) {
    EnumMap<FailureKind, Long> rest = byKind();
    rest.replaceAll((kind, count) -> Math.max(0, count - part.of(kind)));
    return of(rest);
  }

  private EnumMap<FailureKind, Long> byKind() {
    EnumMap<FailureKind, Long> byKind = new EnumMap<>(FailureKind.class);
    int i = 0;
    for (FailureKind kind : kinds) {
      byKind.put(kind, counts[i]);
      i++;
    }
    return byKind;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FailureCounts that
        && kinds.equals(that.kinds)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * kinds.hashCode() + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return byKind().toString();
  }
}
