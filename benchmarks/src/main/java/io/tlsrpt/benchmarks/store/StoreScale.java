// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.store;

import io.tlsrpt.benchmarks.StoredReports;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.ReportStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A large database, step by step, each in a process of its own: {@code fill} it, {@code open} it,
 * {@code purge} a day; then numbers: reports, domains, reporters of each, failure details of each
 * report. See README.md.
 */
public final class StoreScale {
  private static final ScratchDirectory DIRECTORY = new ScratchDirectory(Path.of("target/scale"));
  private static final int AT_ONCE = 1_000;

  /** As many as housekeeping does. */
  private static final int DELETED_AT_ONCE = 200;

  /** Three reports a day of 10,000 domains. */
  private static final int A_DAY = 30_000;

  private static final Duration BETWEEN_COMMITS = Duration.ofMillis(5);

  private final int count;
  private final StoredReports reports;

  private StoreScale(int count, StoredReports reports) {
    this.count = count;
    this.reports = reports;
  }

  /** One step. */
  public static void main(String[] args) throws Exception {
    StoreScale scale =
        new StoreScale(
            Integer.parseInt(args[1]),
            new StoredReports(
                Integer.parseInt(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4])));
    switch (args[0]) {
      case "fill" -> scale.fill();
      case "open" -> scale.open();
      case "purge" -> scale.purge();
      default -> throw new IllegalArgumentException("fill, open or purge");
    }
  }

  private void fill() throws IOException, SQLException {
    if (Files.exists(DIRECTORY.path())) {
      DIRECTORY.delete();
    }
    Files.createDirectories(DIRECTORY.path());
    print("file system: %s", Files.getFileStore(DIRECTORY.path()));
    long before = heap();
    long begin = System.nanoTime();
    try (ReportStore store = DIRECTORY.store("NORMAL")) {
      for (int first = 0; first < count; first += AT_ONCE) {
        store.commit(reports.reports(first, AT_ONCE));
      }
      print(
          "filled: %,d reports in %.1f s, %.1f s of them on a processor",
          count, seconds(begin), processorSeconds());
      printHeap("grown", before, store);
    }
    printSize();
  }

  private void open() {
    long before = heap();
    long begin = System.nanoTime();
    try (ReportStore store = DIRECTORY.store("FULL")) {
      print(
          "opened: %.2f s, processor of the whole process %.2f s",
          seconds(begin), processorSeconds());
      BenchmarkStore.checkAvailable(store);
      printHeap("read", before, store);
    }
  }

  private void purge() throws InterruptedException {
    try (ReportStore store = DIRECTORY.store("FULL")) {
      List<Double> quiet = new ArrayList<>();
      int next = count;
      for (int i = 0; i < 1_000; i++) {
        quiet.add(commit(store, next++));
      }
      printMillis("commits before", quiet);

      List<Double> batches = new ArrayList<>();
      AtomicBoolean done = new AtomicBoolean();
      Thread housekeeping = Thread.ofPlatform().start(() -> deleteOneDay(store, batches, done));
      List<Double> meanwhile = new ArrayList<>();
      while (!done.get()) {
        meanwhile.add(commit(store, next++));
        Thread.sleep(BETWEEN_COMMITS);
      }
      housekeeping.join();
      printMillis("commits meanwhile", meanwhile);
    }
  }

  private void deleteOneDay(ReportStore store, List<Double> batches, AtomicBoolean done) {
    try {
      long begin = System.nanoTime();
      int deleted = 0;
      int last;
      do {
        long batch = System.nanoTime();
        last = store.deleteReports(reports.receipt(reports.perDay()), DELETED_AT_ONCE);
        batches.add(1_000 * seconds(batch));
        deleted += last;
      } while (last == DELETED_AT_ONCE && deleted < A_DAY);
      print("purged: %,d reports in %.1f s", deleted, seconds(begin));
      printMillis("batches", batches);
    } finally {
      done.set(true);
    }
  }

  private double commit(ReportStore store, int number) {
    List<NewReport> mail = reports.reports(number, 1);
    long begin = System.nanoTime();
    store.commit(mail);
    return 1_000 * seconds(begin);
  }

  private static void printSize() throws IOException, SQLException {
    double file = Files.size(DIRECTORY.database());
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + DIRECTORY.database());
        Statement statement = connection.createStatement()) {
      long stored = number(statement, "SELECT count(*) FROM report");
      print("file: %,.0f bytes, %.0f for each report", file, file / stored);
      try (ResultSet row =
          statement.executeQuery(
              "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC")) {
        while (row.next()) {
          print("  %-40s %6.1f", row.getString(1), (double) row.getLong(2) / stored);
        }
      }
    }
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static void printHeap(String how, long before, ReportStore store) {
    long pairs =
        store.domains().stream().map(DomainState::reporters).mapToLong(r -> r.size()).sum();
    long states = heap() - before;
    print(
        "heap of %,d states %s: %,d bytes, %.0f for each of %,d reporters of a domain",
        store.domains().size(), how, states, (double) states / pairs, pairs);
  }

  private static long heap() {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void printMillis(String what, List<Double> millis) {
    List<Double> sorted = millis.stream().sorted().toList();
    print(
        "%s: %,d, median %.1f ms, p99 %.1f ms, max %.1f ms",
        what,
        sorted.size(),
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 99 / 100),
        sorted.getLast());
  }

  /** Tells more than the clock where others run as well. */
  private static double processorSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void print(String format, Object... values) {
    System.out.println(format.formatted(values));
  }
}
