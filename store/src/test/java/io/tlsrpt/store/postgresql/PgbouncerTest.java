// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.FiguresText;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.ReportStoreContract;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.StoreOutcome.Stored;
import io.tlsrpt.store.StoreRules;
import io.tlsrpt.store.StoredReports;
import io.tlsrpt.testing.FreshDatabase;
import io.tlsrpt.testing.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stores behind pgbouncer in transaction mode: each transaction may have another of the server's
 * connections, which other stores have used before.
 */
@Tag("slow")
class PgbouncerTest {
  private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
  private static final Duration START = Duration.ofSeconds(30);
  private static final int REPORTS = 60;

  private final PostgresServer server = PostgresServer.shared();

  @TempDir Path directory;

  /** In CI it must be there; elsewhere a test without it is skipped. */
  @BeforeAll
  static void assumeInstalled() {
    boolean installed = Files.isExecutable(PROGRAM);
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      assertThat(installed).as("pgbouncer is installed").isTrue();
    }
    assumeTrue(installed, "Debian's package pgbouncer is not installed");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void storesShouldShareConnections(int connections) throws Exception {
    try (FreshDatabase database = server.newDatabase();
        Pgbouncer pgbouncer = start(database, connections);
        ReportStore one = store(pgbouncer.url(), "node1");
        ReportStore other = store(pgbouncer.url(), "node2")) {
      List<StoreOutcome> outcomes = commitAll(one, other);

      assertThat(outcomes).hasSize(2 * REPORTS);
      assertThat(outcomes.stream().filter(Stored.class::isInstance)).hasSize(REPORTS);
      one.refresh();
      other.refresh();
      assertThat(one.domain(new DomainName("a.example")).totals().reports()).isEqualTo(REPORTS);
      assertThat(figures(other)).isEqualTo(figures(one));
      assertThat(reportsOf("a.example", other)).hasSize(REPORTS);
      try (ReportStore direct = store(database.url(), "node3")) {
        assertThat(figures(direct)).isEqualTo(figures(one));
      }
    }
  }

  /** Both stores get all reports, each by several threads and in an order of its own. */
  private static List<StoreOutcome> commitAll(ReportStore one, ReportStore other) throws Exception {
    List<Callable<List<StoreOutcome>>> mails = new ArrayList<>();
    for (int i = 0; i < REPORTS; i++) {
      NewReport first = report(i);
      NewReport last = report(REPORTS - 1 - i);
      mails.add(() -> one.commit(List.of(first)));
      mails.add(() -> other.commit(List.of(last)));
    }
    List<StoreOutcome> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<List<StoreOutcome>> mail : threads.invokeAll(mails)) {
        outcomes.addAll(mail.get());
      }
    }
    return outcomes;
  }

  private static NewReport report(int i) {
    return StoredReports.report(
        "r%d.example".formatted(i % 10),
        String.valueOf(i),
        StoredReports.RECEIPT,
        "a.example",
        i % 2 == 0 ? "b.example" : "c.example");
  }

  private static List<StoredReport> reportsOf(String domain, ReportStore store) {
    List<StoredReport> reports = new ArrayList<>();
    store.read(ReportQuery.newest(2 * REPORTS).of(new DomainName(domain)), reports::add);
    return reports;
  }

  private static String figures(ReportStore store) {
    return FiguresText.of(store.domains(), StoredReports.RECEIPT);
  }

  private static ReportStore store(String url, String node) {
    return PostgresqlDatabase.parse(url)
        .orElseThrow()
        .open(
            new StoreRules(ReportStoreContract.LIMITS, FailureWindow.DEFAULT, reporter -> true),
            new Node(node, Map.of()),
            () -> StoredReports.RECEIPT);
  }

  private Pgbouncer start(FreshDatabase database, int connections)
      throws IOException, InterruptedException {
    int port = freePort();
    Path users = directory.resolve("users.txt");
    Files.writeString(users, "\"%s\" \"%s\"\n".formatted(database.name(), database.password()));
    Path configuration = directory.resolve("pgbouncer.ini");
    Files.writeString(
        configuration,
        """
        [databases]
        %1$s = host=127.0.0.1 port=%2$d

        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %3$d
        unix_socket_dir =
        auth_type = scram-sha-256
        auth_file = %4$s
        pool_mode = transaction
        default_pool_size = %5$d
        ; The driver sends it, and pgbouncer knows of it only that it may be ignored.
        ignore_startup_parameters = extra_float_digits
        """
            .formatted(database.name(), server.port(), port, users, connections));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Pgbouncer started =
        new Pgbouncer(
            run(configuration),
            database.url().replace(":" + server.port() + "/", ":" + port + "/"));
    started.await();
    return started;
  }

  /** Its shell ends it when we close the shell's input, or end ourselves in whatever way. */
  private Process run(Path configuration) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "\"$@\" & cat > /dev/null; kill $!; wait $!", "sh"));
    if ("root".equals(System.getProperty("user.name"))) {
      // Pgbouncer refuses to run as root.
      command.addAll(List.of("runuser", "-u", "nobody", "--"));
    }
    command.addAll(List.of(PROGRAM.toString(), configuration.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("log").toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private final class Pgbouncer implements AutoCloseable {
    private final Process process;
    private final String url;

    Pgbouncer(Process process, String url) {
      this.process = process;
      this.url = url;
    }

    String url() {
      return url;
    }

    void await() throws IOException, InterruptedException {
      long end = System.nanoTime() + START.toNanos();
      while (true) {
        try {
          PostgresqlDatabase.parse(url).orElseThrow().connect("nobody").close();
          return;
        } catch (SQLException e) {
          if (System.nanoTime() - end > 0) {
            close();
            throw new IOException(Files.readString(directory.resolve("log")), e);
          }
          Thread.sleep(100);
        }
      }
    }

    @Override
    public void close() throws IOException {
      process.getOutputStream().close();
      process.onExit().join();
    }
  }
}
