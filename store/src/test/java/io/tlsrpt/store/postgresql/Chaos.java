// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.store.NewReport;
import io.tlsrpt.testing.FreshDatabase;
import io.tlsrpt.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Three servers, each a process with eight threads, that commit the same mails in different orders,
 * round after round. In each round one is killed and begins anew, one is stopped within a
 * transaction and goes on, and the third sees the database crash; and of all, some replies to
 * COMMIT are lost. Each of it happens when a server has taken so many mails: time is not counted,
 * however fast a machine is.
 */
final class Chaos implements AutoCloseable {
  private static final List<String> SERVERS = List.of("one", "two", "three");

  /** Of so many commits, one has its reply lost. */
  private static final int COMMITS_FOR_A_LOSS = 40;

  /** For so long a server is stopped again and again, until it is met within a transaction. */
  private static final Duration LONGEST_HUNT = Duration.ofSeconds(10);

  private static final Duration SHORT_STOP = Duration.ofSeconds(1);

  /** Longer than a transaction may be idle: the database ends the session, and its locks. */
  private static final Duration LONG_STOP = Duration.ofSeconds(6);

  /** Every so many rounds, from the first on, the stop is a long one. */
  private static final int ROUNDS_FOR_A_LONG_STOP = 5;

  private static final long BETWEEN_STOPS_MILLIS = 10;

  /** No mail has this number. */
  private static final int NOWHERE = -1;

  private final PostgresServer server;
  private final Path errors;
  private final Rewriter.Rule[] rules;
  private final List<NodeProcess> nodes = new ArrayList<>();
  private int repliesLost;
  private int stopsWithinTransactions;

  /**
   * Starts the servers.
   *
   * @param errors a directory for what they write beside their answers
   * @param rules what of their statements is to be changed
   */
  Chaos(PostgresServer server, Path errors, Rewriter.Rule... rules) throws IOException {
    this.server = server;
    this.errors = errors;
    this.rules = rules.clone();
    for (String name : SERVERS) {
      nodes.add(start(name));
    }
  }

  private NodeProcess start(String name) throws IOException {
    return NodeProcess.start(name, errors.resolve(name + ".txt"));
  }

  /** Plays a round in an empty database, and checks what has come out; says what there was. */
  String play(int round, FreshDatabase database) throws Exception {
    List<List<NewReport>> mails = ChaosMails.of(round);
    Told told = new Told(mails);
    AtomicInteger commits = new AtomicInteger();
    AtomicBoolean loses = new AtomicBoolean(true);
    Round play;
    int lost;
    try (Proxy proxy =
        new Proxy(
            database.url(),
            () -> loses.get() && commits.incrementAndGet() % COMMITS_FOR_A_LOSS == 0,
            rules)) {
      play = new Round(round, database, proxy.url(), told);
      play.run();
      loses.set(false);
      show(told);
      lost = proxy.lost();
    }
    repliesLost += lost;
    stopsWithinTransactions += play.stopsWithinTransactions;
    Truth truth = Truth.of(database.url());
    truth.check(mails);
    told.check(truth);
    return "%s; %d replies lost; %s within a transaction"
        .formatted(told, lost, play.stopsWithinTransactions > 0 ? "stopped" : "not stopped");
  }

  /** A crash and a kill happen in each round; the rest is likely in one round, and sure in all. */
  void checkThatAllHappened() {
    assertThat(repliesLost).as("replies lost").isPositive();
    assertThat(stopsWithinTransactions).as("stops within transactions").isPositive();
  }

  /** That all servers show what is stored. */
  private void show(Told told) throws IOException {
    for (NodeProcess node : nodes) {
      node.say("show");
      for (String line = node.output().readLine();
          !"shown".equals(line);
          line = node.output().readLine()) {
        told.hear(String.valueOf(line));
      }
    }
  }

  /** What happens to a server. */
  private interface Disturbance {
    void happen(int server) throws Exception;
  }

  /** What happens to a server when it has taken so many mails. */
  private record Turn(int point, Disturbance disturbance) {}

  private final class Round {
    private final int number;
    private final FreshDatabase database;
    private final String url;
    private final Told told;
    private volatile int stopsWithinTransactions;

    Round(int number, FreshDatabase database, String url, Told told) {
      this.number = number;
      this.database = database;
      this.url = url;
      this.told = told;
    }

    void run() throws Exception {
      Random random = new Random(number);
      int mails = ChaosMails.MAILS;
      List<Turn> turns =
          List.of(
              // First, so that the one that is stopped has a database to be in a transaction with.
              new Turn(mails / 10 + random.nextInt(mails / 10), this::stop),
              new Turn(mails / 2, this::crash),
              new Turn(mails / 10 + random.nextInt(mails / 10 * 8), this::kill));
      try (ExecutorService threads = Executors.newCachedThreadPool()) {
        List<Future<?>> playing = new ArrayList<>();
        for (int i = 0; i < SERVERS.size(); i++) {
          int server = i;
          Turn turn = turns.get((number + i) % turns.size());
          playing.add(
              threads.submit(
                  () -> {
                    play(server, turn);
                    return true;
                  }));
        }
        for (Future<?> one : playing) {
          one.get();
        }
      }
    }

    private void play(int which, Turn turn) throws Exception {
      begin(which, turn.point());
      String line = nodes.get(which).output().readLine();
      while (!"done".equals(line)) {
        if (line == null) {
          throw new AssertionError("server " + SERVERS.get(which) + " has ended");
        } else if (line.equals("reached")) {
          turn.disturbance().happen(which);
        } else {
          told.hear(line);
        }
        line = nodes.get(which).output().readLine();
      }
    }

    private void begin(int which, int point) throws IOException {
      int order = number * SERVERS.size() + which;
      nodes.get(which).say("play %s %d %d %d".formatted(url, number, order, point));
    }

    /** The database crashes, and recovers. */
    private void crash(int which) throws IOException {
      server.restartImmediately();
      nodes.get(which).say("go");
    }

    /** It is killed, and another begins with all mails. */
    private void kill(int which) throws IOException {
      NodeProcess killed = nodes.get(which);
      killed.kill();
      for (String line = killed.output().readLine();
          line != null;
          line = killed.output().readLine()) {
        told.hear(line);
      }
      nodes.set(which, start(SERVERS.get(which)));
      begin(which, NOWHERE);
    }

    /** It is stopped, within a transaction if possible, and goes on. */
    private void stop(int which) throws Exception {
      long end = System.nanoTime() + LONGEST_HUNT.toNanos();
      while (stopsWithinTransactions == 0 && System.nanoTime() < end) {
        try (NodeProcess.Stopped stopped = nodes.get(which).stop()) {
          if (isWithinATransaction(which)) {
            stopsWithinTransactions = 1;
            stopped.stay(number % ROUNDS_FOR_A_LONG_STOP == 0 ? LONG_STOP : SHORT_STOP);
          }
        }
        TimeUnit.MILLISECONDS.sleep(BETWEEN_STOPS_MILLIS);
      }
      nodes.get(which).say("go");
    }

    /** What the server had to do for it has ended; the next statement does not come. */
    private boolean isWithinATransaction(int which) throws InterruptedException {
      String state = "active";
      for (int looks = 0; looks < 10 && state.equals("active"); looks++) {
        TimeUnit.MILLISECONDS.sleep(BETWEEN_STOPS_MILLIS);
        state = state(which);
      }
      return state.equals("idle in transaction");
    }

    private String state(int which) {
      try (Connection connection = database.connectAsSuperuser();
          PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT state FROM pg_stat_activity WHERE datname = current_database()"
                      + " AND application_name = ?")) {
        statement.setString(1, "tlsrpt " + SERVERS.get(which));
        try (ResultSet row = statement.executeQuery()) {
          return row.next() ? row.getString(1) : "no session";
        }
      } catch (SQLException e) {
        // It crashes at this very moment.
        return "no server";
      }
    }
  }

  @Override
  public void close() {
    nodes.forEach(NodeProcess::close);
  }
}
