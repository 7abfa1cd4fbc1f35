// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.store;

import io.tlsrpt.benchmarks.StoredReports;
import io.tlsrpt.benchmarks.Timings;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One of several nodes that share a database, in a JVM of its own: eight threads commit one report
 * a mail. It commits as many to warm up, says that it is ready, and waits for a line.
 */
final class StoreNode {
  private static final int THREADS = 8;

  private final ReportStore store;
  private final StoredReports reports = StoreNodes.REPORTS;
  private final int nodes;
  private final AtomicLong next;

  private StoreNode(ReportStore store, int number, int nodes) {
    this.store = store;
    this.nodes = nodes;
    this.next = new AtomicLong(StoreNodes.KNOWN + number);
  }

  /** Arguments: URL, number of this node, nodes, reports of each. */
  public static void main(String[] args) throws Exception {
    int number = Integer.parseInt(args[1]);
    int count = Integer.parseInt(args[3]);
    try (ReportStore store = BenchmarkStore.open(args[0], new Node("node" + number, Map.of()))) {
      BenchmarkStore.checkAvailable(store);
      StoreNode node = new StoreNode(store, number, Integer.parseInt(args[2]));
      node.commit(count);
      System.out.println("ready");
      System.in.read();
      Trips before = Trips.soFar();
      Timings timings = node.commit(count);
      System.out.println("trips " + Trips.soFar().since(before).count());
      System.out.println("millis " + timings.format());
    }
  }

  private Timings commit(int count) throws Exception {
    List<Callable<List<Double>>> work = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      work.add(() -> commitSome(count / THREADS));
    }
    List<Double> millis = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<List<Double>> some : threads.invokeAll(work)) {
        millis.addAll(some.get());
      }
    }
    return new Timings(millis);
  }

  private List<Double> commitSome(int count) {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // Nodes take turns, so that all of them speak of the same day.
      List<NewReport> mail = reports.reports(next.getAndAdd(nodes), 1);
      long begin = System.nanoTime();
      BenchmarkStore.commit(store, mail);
      millis.add((System.nanoTime() - begin) / 1e6);
    }
    return millis;
  }
}
