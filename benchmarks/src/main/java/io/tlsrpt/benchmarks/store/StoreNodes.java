// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.store;

import io.tlsrpt.benchmarks.StoredReports;
import io.tlsrpt.benchmarks.Timings;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.testing.FreshDatabase;
import io.tlsrpt.testing.PostgresServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Several nodes on one PostgreSQL, beside SQLite: {@code commit}, then reports of each node and
 * turns; or {@code poll}, then turns. See README.md.
 */
public final class StoreNodes {
  /** What is committed: 50 domains, which all nodes hear of. */
  static final StoredReports REPORTS = new StoredReports(50, 10, 3);

  /** So many are stored before a turn: then all domains and reporters are known. */
  static final int KNOWN = REPORTS.perDay();

  /** What is polled. */
  static final StoredReports LARGE = new StoredReports(10_000, 3, 3);

  private static final int AT_ONCE = 1_000;

  private final PostgresServer server;

  private StoreNodes(PostgresServer server) {
    this.server = server;
  }

  /** All turns. */
  public static void main(String[] args) throws Exception {
    Path files = Path.of(System.getProperty("java.io.tmpdir"));
    print("PostgreSQL's files: %s, %s", files, Files.getFileStore(files));
    try (PostgresServer server = PostgresServer.create()) {
      print("%s", text(server, "SELECT version()"));
      StoreNodes nodes = new StoreNodes(server);
      switch (args[0]) {
        case "commit" -> nodes.commit(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        case "poll" -> nodes.poll(Integer.parseInt(args[1]));
        default -> throw new IllegalArgumentException("commit or poll");
      }
    }
  }

  private void commit(int count, int turns) throws IOException, SQLException {
    Map<NodeLayout, List<NodeRun>> runs = new LinkedHashMap<>();
    for (int turn = 0; turn < turns; turn++) {
      for (NodeLayout layout : NodeLayout.all().toList()) {
        NodeRun run = layout.isSqlite() ? sqlite(layout, count) : postgresql(layout, count);
        runs.computeIfAbsent(layout, each -> new ArrayList<>()).add(run);
        print("load %.1f: %s", load(), NodeRun.format(layout, List.of(run)));
      }
    }
    print("%s", NodeRun.HEAD);
    runs.forEach((layout, all) -> print("%s", NodeRun.format(layout, all)));
  }

  private static NodeRun sqlite(NodeLayout layout, int count) throws IOException, SQLException {
    ScratchDirectory directory = ScratchDirectory.make();
    try {
      String url = directory.url("FULL");
      fill(url, REPORTS, KNOWN);
      return run(layout, url, count, () -> 0);
    } finally {
      directory.delete();
    }
  }

  private NodeRun postgresql(NodeLayout layout, int count) throws IOException, SQLException {
    try (FreshDatabase database = server.newDatabase();
        Connection connection = database.connect()) {
      fill(database.url(), REPORTS, KNOWN);
      return run(
          layout,
          TripSocketFactory.url(database.url(), layout.delay()),
          count,
          () -> number(connection, "SELECT count(DISTINCT xmin::text) FROM tlsrpt.report"));
    }
  }

  /** Counts the transactions that have stored reports. */
  private interface Transactions {
    long count() throws SQLException;
  }

  private static NodeRun run(NodeLayout layout, String url, int count, Transactions transactions)
      throws IOException, SQLException {
    List<NodeProcess> nodes = new ArrayList<>();
    try {
      for (int node = 0; node < layout.processes(); node++) {
        nodes.add(
            NodeProcess.start(
                "-Xmx256m",
                StoreNode.class,
                List.of(
                    url,
                    String.valueOf(node),
                    String.valueOf(layout.processes()),
                    String.valueOf(count))));
      }
      for (NodeProcess node : nodes) {
        node.read("ready");
      }
      long before = transactions.count();
      long begin = System.nanoTime();
      for (NodeProcess node : nodes) {
        node.go();
      }
      long trips = 0;
      List<Double> millis = new ArrayList<>();
      for (NodeProcess node : nodes) {
        trips += Long.parseLong(node.read("trips"));
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      for (NodeProcess node : nodes) {
        millis.addAll(Timings.parse(node.read("millis")).millis());
      }
      return new NodeRun(
          millis.size() / seconds, new Timings(millis), trips, transactions.count() - before);
    } finally {
      for (NodeProcess node : nodes) {
        node.close();
      }
    }
  }

  private void poll(int turns) throws IOException, SQLException {
    try (FreshDatabase database = server.newDatabase()) {
      fill(database.url(), LARGE, LARGE.perDay());
      int next = LARGE.perDay();
      for (int turn = 0; turn < turns; turn++) {
        try (NodeProcess process =
            NodeProcess.start(
                "-Xmx512m",
                StorePoll.class,
                List.of(
                    TripSocketFactory.url(database.url(), Duration.ZERO),
                    database.url(),
                    String.valueOf(next)))) {
          print("start: %s", process.read("open"));
          for (String what : List.of("quiet", "changed")) {
            print(
                "poll, %s: %s ms, %s",
                what, Timings.parse(process.read(what)), process.read(what + "-trips"));
          }
          print("load %.1f", load());
        }
        next += AT_ONCE * 10;
      }
    }
  }

  private static void fill(String url, StoredReports reports, int count) {
    try (ReportStore store = BenchmarkStore.open(url, new Node("filling", Map.of()))) {
      IntStream.iterate(0, first -> first < count, first -> first + AT_ONCE)
          .forEach(
              first ->
                  BenchmarkStore.commit(
                      store, reports.reports(first, Math.min(AT_ONCE, count - first))));
    }
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static String text(PostgresServer server, String query) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void print(String format, Object... values) {
    System.out.println(format.formatted(values));
  }
}
