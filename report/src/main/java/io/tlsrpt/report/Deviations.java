// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The deviations of one report, counted by kind. All reports of a body part together have at most
 * {@link ReportLimits#maxDeviations()}. Immutable.
 */
public final class Deviations {
  public static final Deviations NONE = new Deviations(new EnumMap<>(Deviation.class));

  private final Map<Deviation, Integer> counts;

  private Deviations(EnumMap<Deviation, Integer> counts) {
    this.counts = Collections.unmodifiableMap(counts);
  }

  public Set<Deviation> kinds() {
    return counts.keySet();
  }

  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /** These and one more. */
  public Deviations plus(Deviation kind) {
    return plus(kind, 1);
  }

  /**
   * These and some more of a kind.
   *
   * @param times at least 1
   */
  public Deviations plus(Deviation kind, int times) {
    EnumMap<Deviation, Integer> more = new EnumMap<>(Deviation.class);
    more.putAll(counts);
    more.merge(kind, times, Integer::sum);
    return new Deviations(more);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Deviations that && counts.equals(that.counts);
  }

  @Override
  public int hashCode() {
    return counts.hashCode();
  }

  /** For a log line: {@code null-value 3, zip 1}. */
  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey().key() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  /**
   * Counts deviations while reports are being read. Beyond the cap, deviations are tolerated but
   * not counted.
   */
  public static final class Counter {
    private final EnumMap<Deviation, Integer> counts = new EnumMap<>(Deviation.class);
    private int left;

    public Counter(int cap) {
      left = cap;
    }

    public void add(Deviation kind) {
      if (left > 0) {
        left--;
        counts.merge(kind, 1, Integer::sum);
      }
    }

    /** Returns what was counted since the last call. One cap holds for all calls together. */
    public Deviations take() {
      Deviations taken = counts.isEmpty() ? NONE : new Deviations(new EnumMap<>(counts));
      counts.clear();
      return taken;
    }
  }
}
