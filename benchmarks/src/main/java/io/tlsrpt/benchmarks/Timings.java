// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * How long some work took, each time that it was done.
 *
 * @param millis in order of length
 */
public record Timings(List<Double> millis) {
  private static final int RUNS = 5;
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  /** What takes minutes is done less often. */
  private static final Duration ENOUGH = Duration.ofSeconds(40);

  public Timings {
    millis = millis.stream().sorted().toList();
  }

  public static Timings of(Callable<?> work) throws Exception {
    repeat(work, Integer.MAX_VALUE, WARM_UP);
    return new Timings(repeat(work, RUNS, ENOUGH));
  }

  private static List<Double> repeat(Callable<?> work, int atMost, Duration enough)
      throws Exception {
    List<Double> millis = new ArrayList<>();
    long first = System.nanoTime();
    do {
      long begin = System.nanoTime();
      work.call();
      millis.add((System.nanoTime() - begin) / 1e6);
    } while (millis.size() < atMost && System.nanoTime() - first < enough.toNanos());
    return millis;
  }

  public double median() {
    return millis.get(millis.size() / 2);
  }

  /** As {@link #parse} reads it. */
  public String format() {
    return String.join(" ", millis.stream().map(String::valueOf).toList());
  }

  public static Timings parse(String text) {
    return new Timings(Arrays.stream(text.split(" ")).map(Double::valueOf).toList());
  }

  @Override
  public String toString() {
    String runs = millis.size() < RUNS ? "; %d×".formatted(millis.size()) : "";
    return "%s (%s–%s%s)"
        .formatted(rounded(median()), rounded(millis.getFirst()), rounded(millis.getLast()), runs);
  }

  private static String rounded(double value) {
    return (value < 10 ? "%.1f" : "%,.0f").formatted(value);
  }
}
