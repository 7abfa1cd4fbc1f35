// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.store;

import io.tlsrpt.benchmarks.Timings;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A node that starts on a large database, and polls what another one commits. In a JVM of its own,
 * since a start is with cold classes.
 */
final class StorePoll {
  private static final int WARM_UP = 10;
  private static final int RUNS = 20;

  /** What others may commit between two polls, were they in a hurry. */
  private static final int CHANGED = 300;

  private StorePoll() {}

  /**
   * Arguments: URL of the node that polls, of the one that commits, and the next report's number.
   */
  public static void main(String[] args) throws Exception {
    AtomicInteger next = new AtomicInteger(Integer.parseInt(args[2]));
    long begin = System.nanoTime();
    try (ReportStore store = BenchmarkStore.open(args[0], new Node("polling", Map.of()))) {
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.out.printf(
          "open %.2f s, processor of the whole process %.2f s, %s%n",
          seconds, processorSeconds(), say(Trips.soFar()));
      BenchmarkStore.checkAvailable(store);
      // The first one names all domains, since opening has read them.
      store.refresh();
      measure("quiet", store, 0, () -> {});
      try (ReportStore other = BenchmarkStore.open(args[1], new Node("committing", Map.of()))) {
        measure(
            "changed",
            store,
            CHANGED,
            () ->
                BenchmarkStore.commit(
                    other, StoreNodes.LARGE.reports(next.getAndAdd(CHANGED), CHANGED)));
      }
    }
  }

  private static void measure(String what, ReportStore store, int changed, Runnable committing) {
    List<Double> millis = new ArrayList<>();
    Trips trips = Trips.soFar();
    for (int i = 0; i < WARM_UP + RUNS; i++) {
      committing.run();
      Trips before = Trips.soFar();
      long begin = System.nanoTime();
      int read = store.refresh().size();
      if (i >= WARM_UP) {
        millis.add((System.nanoTime() - begin) / 1e6);
      }
      trips = Trips.soFar().since(before);
      if (read != changed) {
        throw new IllegalStateException(read + " domains have changed");
      }
    }
    System.out.println(what + " " + new Timings(millis).format());
    System.out.println(what + "-trips " + say(trips));
  }

  /** Tells more than the clock where others run as well. */
  private static double processorSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }

  private static String say(Trips trips) {
    return "%d trips, %,d octets sent, %,d received"
        .formatted(trips.count(), trips.sent(), trips.received());
  }
}
