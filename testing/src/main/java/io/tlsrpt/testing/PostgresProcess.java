// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A PostgreSQL of our own, with its files in a temporary directory. It ends with this JVM, however
 * this JVM ends, and so do its files.
 */
final class PostgresProcess implements AutoCloseable {
  static final String SUPERUSER = "postgres";

  /** Below the ports that systems give to clients, which could take ours while it is stopped. */
  private static final int LOWEST_PORT = 20_000;

  private static final int HIGHEST_PORT = 30_000;
  private static final int PORTS_TO_TRY = 100;

  /**
   * Its input ends when this JVM does. Then it ends the server at once, and deletes the files. What
   * a terminal sends to all its processes is not meant for it.
   */
  private static final String WHEN_WE_HAVE_ENDED =
      """
      trap '' INT TERM HUP
      cat > /dev/null
      lock="$0/data/postmaster.pid"
      tries=0
      kill -QUIT "$(head -n 1 "$lock")"
      while [ -e "$lock" ] && [ $tries -lt 200 ]; do sleep 0.05; tries=$((tries + 1)); done
      rm -rf "$0"
      """;

  private final Path directory;
  private final Path programs;
  private final PostgresAccount account;
  private final String password = UUID.randomUUID().toString();
  private final int port = freePort();
  private final Process watcher;

  private PostgresProcess(Path directory, Process watcher, Path programs, PostgresAccount account)
      throws IOException {
    this.directory = directory;
    this.watcher = watcher;
    this.programs = programs;
    this.account = account;
  }

  /**
   * Starts a server by the first programs and the first account that can do it.
   *
   * @param settings lines of postgresql.conf
   * @throws IOException if none can; it says what each one lacks
   */
  static PostgresProcess start(List<String> settings) throws IOException {
    List<String> reasons = new ArrayList<>();
    for (PostgresPrograms programs : PostgresPrograms.values()) {
      for (PostgresAccount account : PostgresAccount.candidates()) {
        try {
          return start(programs, account, settings);
        } catch (IOException e) {
          reasons.add(programs + ": " + e.getMessage());
        }
      }
    }
    throw new IOException(String.join("; ", reasons));
  }

  static PostgresProcess start(
      PostgresPrograms from, PostgresAccount account, List<String> settings) throws IOException {
    Path directory = Files.createTempDirectory("tlsrpt-postgres");
    Process watcher = watch(directory);
    try {
      PostgresProcess server =
          new PostgresProcess(directory, watcher, from.directory(directory), account);
      server.initialise(settings);
      server.start();
      return server;
    } catch (IOException e) {
      end(watcher);
      throw e;
    }
  }

  private static Process watch(Path directory) throws IOException {
    return new ProcessBuilder("sh", "-c", WHEN_WE_HAVE_ENDED, directory.toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void initialise(List<String> settings) throws IOException {
    Path passwordFile = Files.writeString(directory.resolve("password"), password);
    account.own(directory);
    run(
        "initdb",
        "--username=" + SUPERUSER,
        "--pwfile=" + passwordFile,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync",
        "--pgdata=" + data());
    List<String> lines = new ArrayList<>();
    lines.add("port = " + port);
    lines.add("listen_addresses = '127.0.0.1'");
    lines.add("unix_socket_directories = ''");
    lines.add("timezone = 'UTC'");
    lines.add("log_timezone = 'UTC'");
    lines.add("log_line_prefix = '" + PostgresLog.PREFIX + "'");
    lines.addAll(settings);
    Files.write(data().resolve("postgresql.conf"), lines, StandardOpenOption.APPEND);
  }

  /** Returns when the server takes connections. */
  void start() throws IOException {
    run("pg_ctl", "start", "--wait", "--log=" + log(), "--pgdata=" + data());
  }

  /** Its clients lose their connections. */
  void stop() throws IOException {
    run("pg_ctl", "stop", "--wait", "--mode=fast", "--pgdata=" + data());
  }

  /** As if its machine had crashed: it recovers what was committed when it is started. */
  void stopImmediately() throws IOException {
    run("pg_ctl", "stop", "--wait", "--mode=immediate", "--pgdata=" + data());
  }

  boolean isRunning() {
    return Files.exists(data().resolve("postmaster.pid"));
  }

  private void run(String program, String... arguments) throws IOException {
    account.run(directory, programs.resolve(program), arguments);
  }

  int port() {
    return port;
  }

  String password() {
    return password;
  }

  Path log() {
    return directory.resolve("log");
  }

  private Path data() {
    return directory.resolve("data");
  }

  private static int freePort() throws IOException {
    for (int i = 0; i < PORTS_TO_TRY; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException e) {
        // Taken.
      }
    }
    throw new IOException("no free port");
  }

  /** Does what happens when this JVM ends. */
  private static void end(Process watcher) throws IOException {
    watcher.getOutputStream().close();
    watcher.onExit().join();
  }

  @Override
  public void close() throws IOException {
    end(watcher);
  }
}
