// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static io.tlsrpt.store.StoredReports.RECEIPT;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.StoreOutcome.AlreadyStored;
import io.tlsrpt.store.StoreOutcome.Stored;
import io.tlsrpt.store.StoreUnavailableException;
import io.tlsrpt.store.StoredReports;
import io.tlsrpt.testing.FreshDatabase;
import io.tlsrpt.testing.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three servers commit the same mails in different orders, while sessions end, replies to COMMIT
 * are lost and the database crashes: each report is stored once, and each state is what its reports
 * add up to. The system property {@code tlsrpt.chaos.rounds} says how often.
 */
@Tag("slow")
@SuppressWarnings("NullAway.Init")
class ChaosTest {
  private static final int ROUNDS = Integer.getInteger("tlsrpt.chaos.rounds", 3);
  private static final int MAILS = 300;
  private static final int DOMAINS = 50;
  private static final List<String> SERVERS = List.of("one", "two", "three");
  private static final int THREADS = 8;

  /** Of so many commits of a server, one has its reply lost. */
  private static final int COMMITS_FOR_A_LOSS = 40;

  private static final Duration LONGEST = Duration.ofMinutes(2);

  private static PostgresServer server;

  /** Of its own, since it crashes. */
  @BeforeAll
  static void start() throws IOException {
    server = PostgresServer.create();
  }

  @AfterAll
  static void end() throws IOException {
    server.close();
  }

  @Test
  void everyReportShouldBeStoredOnceWhateverHappens() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      try (FreshDatabase database = server.newDatabase()) {
        List<List<NewReport>> mails = mails(new Random(round));
        List<Map<DomainName, DomainState>> shown = play(database, mails);
        Truth truth = Truth.of(database);
        truth.check(mails);
        assertThat(shown).allSatisfy(states -> assertThat(states).isEqualTo(truth.states()));
      }
    }
  }

  @Test
  void damageShouldBeFound() throws Exception {
    for (String damage :
        List.of(
            // An update is lost.
            "UPDATE tlsrpt.domain_state SET reports = reports - 1 WHERE domain = 1",
            "UPDATE tlsrpt.reporter_state SET successful = successful - 1 WHERE domain = 1",
            // A report is lost, or is there twice.
            "DELETE FROM tlsrpt.report WHERE id = (SELECT min(id) FROM tlsrpt.report)",
            "INSERT INTO tlsrpt.report SELECT -id, '\\x00', reporter, received_at, range_start,"
                + " range_end, report_id FROM tlsrpt.report LIMIT 1")) {
      try (FreshDatabase database = server.newDatabase();
          Servers servers = new Servers(database.url())) {
        List<List<NewReport>> mails = mails(new Random(0)).subList(0, 40);
        ReportStore store = servers.open("one");
        mails.forEach(store::commit);
        Truth.of(database).check(mails);
        database.execute(damage);

        Truth damaged = Truth.of(database);
        assertThatThrownBy(() -> damaged.check(mails)).isInstanceOf(AssertionError.class);
      }
    }
  }

  /** Mails of one to three reports; a mail has a report of the mail before, in another place. */
  private static List<List<NewReport>> mails(Random random) {
    List<List<NewReport>> mails = new ArrayList<>();
    List<NewReport> last = List.of();
    for (int i = 0; i < MAILS; i++) {
      List<NewReport> mail = new ArrayList<>();
      for (int j = random.nextInt(2); j >= 0; j--) {
        mail.add(report(i + "." + j, random));
      }
      if (!last.isEmpty() && random.nextInt(3) == 0) {
        mail.addFirst(last.getLast());
      }
      mails.add(mail);
      last = mail;
    }
    return mails;
  }

  /** A report; a fifth of them speak of up to three domains. */
  private static NewReport report(String id, Random random) {
    int domains = random.nextInt(5) == 0 ? 1 + random.nextInt(3) : 1;
    return StoredReports.report(
        "r" + random.nextInt(6) + ".example",
        id,
        StoredReports.DAY.minusDays(random.nextInt(4)),
        RECEIPT.minusSeconds(random.nextInt(100_000)),
        random
            .ints(0, DOMAINS)
            .distinct()
            .limit(domains)
            .mapToObj(
                domain ->
                    StoredReports.entry(
                        "d" + domain + ".example",
                        random.nextInt(100),
                        1,
                        StoredReports.failed(
                            random.nextBoolean() ? "certificate-expired" : "tlsa-invalid",
                            1,
                            "mx" + random.nextInt(3) + ".example")))
            .toArray(PolicyResult[]::new));
  }

  /** Commits all mails on each of three servers; gives the states that each shows at the end. */
  private static List<Map<DomainName, DomainState>> play(
      FreshDatabase database, List<List<NewReport>> mails) throws Exception {
    AtomicInteger commits = new AtomicInteger();
    Map<NewReport, AtomicInteger> stored = new ConcurrentHashMap<>();
    try (Proxy proxy =
            new Proxy(database.url(), () -> commits.incrementAndGet() % COMMITS_FOR_A_LOSS == 0);
        Servers servers = new Servers(proxy.url());
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<ReportStore> three = new ArrayList<>();
      List<Future<?>> working = new ArrayList<>();
      Disturbance disturbance = new Disturbance(database);
      for (String name : SERVERS) {
        ReportStore store = servers.open(name);
        three.add(store);
        List<List<NewReport>> order = new ArrayList<>(mails);
        Collections.shuffle(order);
        Queue<List<NewReport>> left = new ConcurrentLinkedQueue<>(order);
        for (int i = 0; i < THREADS; i++) {
          working.add(
              threads.submit(
                  () -> {
                    commitAll(store, left, stored, disturbance);
                    return true;
                  }));
        }
      }
      for (Future<?> one : working) {
        one.get();
      }
      // Told to be stored at most once: the reply to the commit may have been lost.
      assertThat(stored.values()).allSatisfy(times -> assertThat(times).hasValue(1));
      assertThat(proxy.lost()).isPositive();
      return three.stream().map(ChaosTest::refreshed).toList();
    }
  }

  private static void commitAll(
      ReportStore store,
      Queue<List<NewReport>> left,
      Map<NewReport, AtomicInteger> stored,
      Disturbance disturbance)
      throws IOException {
    for (List<NewReport> mail = left.poll(); mail != null; mail = left.poll()) {
      disturbance.mailTaken();
      List<StoreOutcome> outcomes = untilItWorks(store, mail);
      for (int i = 0; i < outcomes.size(); i++) {
        switch (outcomes.get(i)) {
          case Stored one ->
              stored.computeIfAbsent(mail.get(i), report -> new AtomicInteger()).incrementAndGet();
          case AlreadyStored(boolean sameContent) -> assertThat(sameContent).isTrue();
          case StoreOutcome.Refused refused -> throw new AssertionError(refused.toString());
        }
      }
    }
  }

  private static List<StoreOutcome> untilItWorks(ReportStore store, List<NewReport> mail) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (true) {
      try {
        return store.commit(mail);
      } catch (StoreUnavailableException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        pause(50);
      }
    }
  }

  /**
   * Ends a session each time that so many mails have been taken, and in the middle lets the server
   * crash. Mails are counted, no time: however fast a machine is, the thread that took the mail has
   * yet to commit it.
   */
  private static final class Disturbance {
    private static final int MAILS_FOR_A_SESSION = 60;

    private final FreshDatabase database;
    private int taken;

    Disturbance(FreshDatabase database) {
      this.database = database;
    }

    /** One at a time: sessions cannot be ended while the server restarts. */
    synchronized void mailTaken() throws IOException {
      taken++;
      if (taken == MAILS * SERVERS.size() / 2) {
        server.restartImmediately();
      } else if (taken % MAILS_FOR_A_SESSION == 0) {
        database.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE"
                + " 'tlsrpt %' AND datname = current_database() ORDER BY random() LIMIT 1");
      }
    }
  }

  private static Map<DomainName, DomainState> refreshed(ReportStore store) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (true) {
      try {
        store.refresh();
        return byDomain(store.domains());
      } catch (StoreUnavailableException e) {
        assertThat(System.nanoTime()).isLessThan(end);
        pause(50);
      }
    }
  }

  private static Map<DomainName, DomainState> byDomain(Collection<DomainState> states) {
    return states.stream().collect(Collectors.toMap(DomainState::domain, Function.identity()));
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What is in the database.
   *
   * @param states as they are stored
   * @param replayed the same computed from the stored reports in the order of versions
   */
  private record Truth(
      long reports, Map<DomainName, DomainState> states, Map<DomainName, DomainState> replayed) {
    static Truth of(FreshDatabase database) throws SQLException {
      Connection connection =
          PostgresqlDatabase.parse(database.url()).orElseThrow().connect("truth");
      try (PostgresqlSession session =
          new PostgresqlSession(
              connection, Servers.ROOM, new ClockComparison(InstantSource.system()), "truth")) {
        session.readAll();
        Map<DomainName, DomainState> replayed = new HashMap<>();
        for (DomainName domain : session.states().keySet()) {
          replayed.put(
              domain,
              session.transact(
                  upkeep ->
                      session.replay(domain, reporter -> true, RECEIPT, FailureWindow.DEFAULT)));
        }
        return new Truth(session.transact(Upkeep::reports), Map.copyOf(session.states()), replayed);
      }
    }

    void check(List<List<NewReport>> mails) {
      List<NewReport> sent =
          mails.stream()
              .flatMap(List::stream)
              .collect(
                  Collectors.toMap(NewReport::identity, Function.identity(), (one, same) -> one))
              .values()
              .stream()
              .toList();
      assertThat(reports).isEqualTo(sent.size());
      assertThat(states).isEqualTo(replayed);
      Map<DomainName, Long> expected =
          sent.stream()
              .flatMap(report -> report.contributions().stream())
              .collect(
                  Collectors.groupingBy(
                      contribution -> contribution.domain(), Collectors.counting()));
      assertThat(states.keySet()).isEqualTo(expected.keySet());
      expected.forEach(
          (domain, count) -> {
            DomainState state = requireNonNull(states.get(domain));
            assertThat(state.totals().reports()).as("reports of %s", domain).isEqualTo(count);
            assertThat(state.totals().sessions().successful())
                .isEqualTo(
                    sent.stream()
                        .flatMap(report -> report.contributions().stream())
                        .filter(contribution -> contribution.domain().equals(domain))
                        .mapToLong(contribution -> contribution.headline().successful())
                        .sum());
          });
    }
  }
}
