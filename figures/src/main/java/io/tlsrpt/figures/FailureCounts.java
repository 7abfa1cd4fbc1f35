// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Failed sessions by kind; immutable, and a kind that is not named counts 0. */
public final class FailureCounts {
  public static final FailureCounts NONE = new FailureCounts(new EnumMap<>(FailureKind.class));

  private final Map<FailureKind, Long> byKind;

  private FailureCounts(EnumMap<FailureKind, Long> byKind) {
    this.byKind = Collections.unmodifiableMap(byKind);
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
    return positive.isEmpty() ? NONE : new FailureCounts(positive);
  }

  public long of(FailureKind kind) {
    return byKind.getOrDefault(kind, 0L);
  }

  /** The kinds that count more than 0. */
  public Set<FailureKind> kinds() {
    return byKind.keySet();
  }

  /**
   * The sum over all kinds: details may overlap, so it may exceed the failed sessions (RFC 8460
   * §4).
   */
  public long sum() {
    return byKind.values().stream().mapToLong(Long::longValue).sum();
  }

  public boolean isZero() {
    return byKind.isEmpty();
  }

  FailureCounts plus(FailureCounts other) {
    if (isZero()) {
      return other;
    }
    EnumMap<FailureKind, Long> sum = new EnumMap<>(FailureKind.class);
    sum.putAll(byKind);
    other.byKind.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
    return new FailureCounts(sum);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FailureCounts that && byKind.equals(that.byKind);
  }

  @Override
  public int hashCode() {
    return byKind.hashCode();
  }

  @Override
  public String toString() {
    return byKind.toString();
  }
}
