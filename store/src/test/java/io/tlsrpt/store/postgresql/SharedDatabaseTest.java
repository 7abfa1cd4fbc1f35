// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static io.tlsrpt.store.StoredReports.DAY;
import static io.tlsrpt.store.StoredReports.RECEIPT;
import static io.tlsrpt.store.postgresql.Servers.commit;
import static io.tlsrpt.store.postgresql.Servers.commitFrom;
import static io.tlsrpt.store.postgresql.Servers.report;
import static io.tlsrpt.store.postgresql.Servers.reports;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.LogLines;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StateChange;
import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.StoreOutcome.AlreadyStored;
import io.tlsrpt.store.StoreOutcome.Refused;
import io.tlsrpt.store.StoreOutcome.Stored;
import io.tlsrpt.store.StoreUnavailableException;
import io.tlsrpt.store.StoredReports;
import io.tlsrpt.testing.FreshDatabase;
import io.tlsrpt.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Several servers with one database have one truth. */
@Tag("slow")
class SharedDatabaseTest {
  private static final DomainName A = new DomainName("a.example");
  private static final DomainName B = new DomainName("b.example");

  private final FreshDatabase database = PostgresServer.shared().newDatabase();
  private final Servers servers = new Servers(database.url());

  @AfterEach
  void drop() {
    servers.close();
    database.close();
  }

  @Test
  void commitShouldBeShownByTheOtherAfterItsRefresh() {
    ReportStore one = servers.open("one");
    ReportStore other = servers.open("other");

    commit(one, "1", "a.example", "b.example");
    assertThat(other.domains()).isEmpty();
    other.refresh();

    assertThat(other.domains()).containsExactlyInAnyOrderElementsOf(one.domains());
    assertThat(other.lastReceipt()).isEqualTo(RECEIPT);
  }

  @Test
  void refreshShouldNameTheDomainsThatOthersHaveChanged() {
    ReportStore one = servers.open("one");
    ReportStore other = servers.open("other");
    commit(one, "1", "a.example", "b.example");
    assertThat(other.refresh()).containsExactlyInAnyOrder(A, B);

    commit(one, "2", "b.example");
    commit(other, "3", "a.example");
    assertThat(other.refresh()).containsExactly(B);
    assertThat(other.refresh()).isEmpty();
    assertThat(one.refresh()).containsExactly(A);
  }

  @Test
  void staleStateShouldBeReadAgainUnderItsLock() {
    ReportStore one = servers.open("one");
    ReportStore other = servers.open("other");
    for (int i = 0; i < 10; i++) {
      commit(one, "one " + i, "a.example");
      commit(other, "other " + i, "a.example");
      assertThat(reports(other, "a.example")).isEqualTo(2 * i + 2);
    }
    assertThat(one.refresh()).containsExactly(A);
    assertThat(one.domain(A)).isEqualTo(other.domain(A));
  }

  @Test
  void stateThatADuplicateMetShouldBeShown() {
    ReportStore one = servers.open("one");
    ReportStore other = servers.open("other");
    commit(one, "1", "a.example");

    // It reads the state under the lock, but changes nothing.
    assertThat(commit(other, "1", "a.example")).isEqualTo(new AlreadyStored(true));
    assertThat(other.refresh()).containsExactly(A);
    assertThat(other.domain(A)).isEqualTo(one.domain(A));
    assertThat(other.refresh()).isEmpty();
  }

  @Test
  void statesReadToCountDomainsShouldBeShown() {
    ReportStore one = servers.open("one");
    ReportStore other = servers.open("other");
    commit(one, "1", "a.example");

    assertThat(commit(other, "2", "b.example")).isEqualTo(new Stored(false));
    assertThat(other.refresh()).containsExactly(A);
    assertThat(other.domain(A)).isEqualTo(one.domain(A));
  }

  @Test
  void statesReadByANewSessionShouldBeNamedByTheNextRefresh() {
    ReportStore one = servers.open("one");
    ReportStore other = servers.open("other");
    commit(one, "1", "a.example");
    other.refresh();
    commit(other, "2", "b.example");
    commit(one, "3", "a.example");
    database.endSessions();

    assertThatThrownBy(other::refresh).isInstanceOf(StoreUnavailableException.class);
    recover(other);
    assertThat(other.refresh()).containsExactly(A);
    assertThat(other.refresh()).isEmpty();
    assertThat(reports(other, "a.example")).isEqualTo(2);
  }

  @Test
  void sameReportAtBothAtOnceShouldCountOnce() throws Exception {
    int reports = 60;
    ReportStore one = servers.open("one");
    ReportStore other = servers.open("other");
    CyclicBarrier start = new CyclicBarrier(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<List<StoreOutcome>>> outcomes =
          Stream.of(one, other)
              .map(
                  store ->
                      threads.submit(
                          () -> {
                            List<StoreOutcome> all = new ArrayList<>();
                            for (int i = 0; i < reports; i++) {
                              start.await();
                              // Some of them are about domains that are new to both.
                              all.add(commit(store, "" + i, "d" + i / 3 + ".example"));
                            }
                            return all;
                          }))
              .toList();
      for (int i = 0; i < reports; i++) {
        assertThat(List.of(outcomes.get(0).get().get(i), outcomes.get(1).get().get(i)))
            .containsExactlyInAnyOrder(new Stored(false), new AlreadyStored(true));
      }
    }

    assertThat(one.reports()).isEqualTo(reports);
    one.refresh();
    other.refresh();
    assertThat(states(one)).isEqualTo(states(other)).hasSize(reports / 3);
    assertThat(one.domains()).allMatch(state -> state.totals().reports() == 3);
  }

  @Test
  void listenerShouldBeToldOfOwnCommitsOnly() {
    ReportStore one = servers.open("one");
    ReportStore other = servers.open("other");
    List<StateChange> told = new CopyOnWriteArrayList<>();
    other.listen(told::add);
    commit(one, "1", "a.example");
    other.refresh();
    assertThat(told).isEmpty();
    commit(one, "2", "a.example");

    commit(other, "3", "a.example");

    assertThat(told)
        .singleElement()
        .satisfies(
            change -> {
              // As it stood under the lock, though this server has shown one report only.
              assertThat(change.before()).isEqualTo(one.domain(A));
              assertThat(change.before().totals().reports()).isEqualTo(2);
              assertThat(change.after()).isEqualTo(other.domain(A));
            });
  }

  @Test
  void domainShouldBeOwnedByItsLastCommitter() {
    ReportStore one = servers.open("one");
    ReportStore other = servers.open("other");
    commit(one, "1", "a.example");
    assertOwn(one, other);
    other.refresh();
    assertOwn(one, other);

    commit(other, "2", "a.example");
    assertThat(other.isOwn(A)).isTrue();
    one.refresh();
    assertOwn(other, one);

    commit(one, "3", "a.example");
    // A duplicate does not make it the committer.
    assertThat(commit(other, "3", "a.example")).isInstanceOf(AlreadyStored.class);
    other.refresh();
    assertOwn(one, other);

    one.close();
    ReportStore again = servers.open("one");
    assertOwn(again, other);
    assertThat(again.isOwn(B)).isFalse();
  }

  private static void assertOwn(ReportStore owner, ReportStore other) {
    assertThat(owner.isOwn(A)).isTrue();
    assertThat(other.isOwn(A)).isFalse();
  }

  @Test
  void domainsShouldBeLimitedExactly() throws Exception {
    StoreLimits limits = Servers.limits(20, 200);
    List<StoreOutcome> outcomes =
        together(
            limits,
            (store, thread) ->
                IntStream.range(0, 8)
                    .mapToObj(i -> commit(store, thread + "." + i, "d" + thread + "-" + i + ".ex"))
                    .toList());

    assertThat(outcomes).hasSize(192).filteredOn(Stored.class::isInstance).hasSize(20);
    assertThat(outcomes)
        .filteredOn(Refused.class::isInstance)
        .hasSize(172)
        .extracting(refused -> ((Refused) refused).why().reason())
        .containsOnly(RejectionReason.DOMAIN_LIMIT);
    assertThat(servers.open("last", limits).domains()).hasSize(20);
    assertThat(count("policy_domain")).isEqualTo(20);
  }

  @Test
  void sameNewDomainsAtAllAtOnceShouldBeAddedOnce() throws Exception {
    List<StoreOutcome> outcomes =
        together(
            Servers.ROOM,
            (store, thread) -> {
              List<Integer> order =
                  IntStream.range(0, 40).boxed().collect(toCollection(ArrayList::new));
              Collections.shuffle(order);
              return order.stream()
                  .map(
                      i ->
                          commit(
                              store, thread + "." + i, "d" + i + ".ex", "d" + (i + 1) % 40 + ".ex"))
                  .toList();
            });

    assertThat(outcomes).hasSize(24 * 40).allMatch(Stored.class::isInstance);
    assertThat(servers.open("last").domains())
        .hasSize(40)
        .allMatch(state -> state.totals().reports() == 48);
  }

  @Test
  void reportersShouldBeLimitedExactly() throws Exception {
    List<StoreOutcome> outcomes =
        together(
            Servers.limits(10, 20),
            (store, thread) ->
                IntStream.range(0, 4)
                    .mapToObj(i -> commitFrom(store, "r" + thread + "-" + i + ".ex", "1", "a.ex"))
                    .toList());

    assertThat(outcomes).hasSize(96).filteredOn(Stored.class::isInstance).hasSize(20);
    assertThat(count("reporter")).isEqualTo(20);
    assertThat(servers.open("last").domain(new DomainName("a.ex")).reporters()).hasSize(20);
  }

  /** What a thread does, of eight that each of three servers has. */
  private interface Task {
    List<StoreOutcome> run(ReportStore store, int thread);
  }

  private List<StoreOutcome> together(StoreLimits limits, Task task) throws Exception {
    List<ReportStore> three =
        Stream.of("one", "two", "three")
            .<ReportStore>map(name -> servers.open(name, limits))
            .toList();
    CyclicBarrier start = new CyclicBarrier(24);
    try (ExecutorService threads = Executors.newFixedThreadPool(24)) {
      List<Callable<List<StoreOutcome>>> tasks =
          IntStream.range(0, 24)
              .<Callable<List<StoreOutcome>>>mapToObj(
                  thread ->
                      () -> {
                        start.await();
                        return task.run(three.get(thread % 3), thread);
                      })
              .toList();
      List<StoreOutcome> outcomes = new ArrayList<>();
      for (Future<List<StoreOutcome>> done : threads.invokeAll(tasks)) {
        outcomes.addAll(done.get());
      }
      return outcomes;
    }
  }

  @Test
  void reportsOfADayShouldBeLimitedExactly() {
    ReportStore one = servers.open("one");
    ReportStore other = servers.open("other");
    int most = StoreLimits.REPORTS_OF_A_DAY;
    for (int i = 0; i < most; i += 25) {
      assertThat((i % 50 == 0 ? one : other).commit(reportsOfTheDay(i, i + 25)))
          .containsOnly(new Stored(false));
    }

    assertDayIsFull(one);
    assertDayIsFull(other);
  }

  @Test
  void reportsOfAReporterThatIsNewToBothShouldBeLimitedExactly() throws Exception {
    ReportStore one = servers.open("one");
    ReportStore other = servers.open("other");
    commitFrom(one, "first.example", "1", "a.example");
    other.refresh();
    try (Connection holder = database.connect();
        Statement statement = holder.createStatement();
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      statement.execute("BEGIN; SELECT id FROM tlsrpt.policy_domain FOR UPDATE");
      Future<List<StoreOutcome>> all =
          threads.submit(() -> one.commit(reportsOfTheDay(0, StoreLimits.REPORTS_OF_A_DAY)));
      awaitWaitingSessions(1);
      // It has asked for the number of the reporter, which has none yet.
      Future<StoreOutcome> more = threads.submit(() -> commit(other, "more", "a.example"));
      awaitWaitingSessions(2);
      statement.execute("COMMIT");

      assertThat(all.get()).containsOnly(new Stored(false));
      assertThat(more.get()).isInstanceOf(Refused.class);
    }
    assertDayIsFull(other);
  }

  private static List<NewReport> reportsOfTheDay(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> report("reporter.example", "" + i, "a.example"))
        .toList();
  }

  private static void assertDayIsFull(ReportStore store) {
    assertThat(commit(store, "one more", "a.example"))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.why())
                    .extracting(Rejected::reason)
                    .isEqualTo(RejectionReason.REPORT_LIMIT));
  }

  /** Waits until so many sessions wait for a lock. */
  private void awaitWaitingSessions(int sessions) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    while (waitingSessions() < sessions) {
      assertThat(System.nanoTime()).as("sessions wait for the lock").isLessThan(end);
      Thread.sleep(10);
    }
  }

  private long waitingSessions() throws SQLException {
    return number(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND"
            + " wait_event_type = 'Lock'");
  }

  @Test
  void domainsThatOthersAddOneAfterTheOtherShouldNotBeAnOutage() throws Exception {
    ReportStore store = servers.open("one");
    commit(store, "1", "a.example");
    String[] domains =
        IntStream.range(0, 9).mapToObj(i -> "d" + i + ".example").toArray(String[]::new);
    try (Connection first = database.connect();
        Connection second = database.connect();
        Statement lock = first.createStatement();
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      lock.execute(LOCK_STORE);
      Future<StoreOutcome> outcome = threads.submit(() -> commit(store, "2", domains));
      awaitWaitingSessions(1);
      for (int i = 0; i < domains.length - 1; i++) {
        Connection holder = i % 2 == 0 ? first : second;
        Connection next = i % 2 == 0 ? second : first;
        // It comes after the store, which then does it all again and waits for it.
        Future<Boolean> locked =
            threads.submit(
                () -> {
                  try (Statement statement = next.createStatement()) {
                    return statement.execute(LOCK_STORE);
                  }
                });
        awaitWaitingSessions(2);
        try (Statement statement = holder.createStatement()) {
          statement.execute(
              "INSERT INTO tlsrpt.policy_domain (name) VALUES ('%s'); COMMIT"
                  .formatted(domains[i]));
        }
        locked.get();
        awaitWaitingSessions(1);
      }
      (domains.length % 2 == 0 ? second : first).close();
      assertThat(outcome.get()).isEqualTo(new Stored(false));
    }
    assertThat(states(store)).hasSize(domains.length + 1);
  }

  private static final String LOCK_STORE = "BEGIN; SELECT one FROM tlsrpt.store FOR UPDATE";

  @Test
  void purgeByAllAtOnceShouldDeleteEachReportOnce() throws Exception {
    int old = 1_500;
    List<PostgresqlReportStore> three =
        Stream.of("one", "two", "three").map(servers::open).toList();
    for (int from = 0; from < old; from += 100) {
      three
          .getFirst()
          .commit(
              IntStream.range(from, from + 100).mapToObj(SharedDatabaseTest::oldReport).toList());
    }
    AtomicBoolean purged = new AtomicBoolean();
    AtomicInteger written = new AtomicInteger();
    List<Integer> deleted = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Future<?> writer =
          threads.submit(
              () -> {
                while (!purged.get()) {
                  commit(three.getLast(), "new " + written.getAndIncrement(), "a.example");
                }
              });
      for (Future<Integer> done :
          threads.invokeAll(
              three.stream().<Callable<Integer>>map(store -> () -> purge(store)).toList())) {
        deleted.add(done.get());
      }
      purged.set(true);
      writer.get();
    }

    assertThat(deleted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(old);
    assertThat(three.getFirst().reports()).isEqualTo(written.get());
    assertThat(count("contribution")).isEqualTo(written.get());
    assertThat(count("purged_identity")).isEqualTo(old);
    assertThat(count("reporter_day WHERE day < " + DAY.minusDays(50).toEpochDay())).isZero();
    three.getFirst().refresh();
    assertThat(reports(three.getFirst(), "a.example")).isEqualTo(old + written.get());
    assertThat(three.get(1).commit(List.of(oldReport(0), oldReport(old - 1))))
        .containsOnly(new AlreadyStored(true));
  }

  private static NewReport oldReport(int i) {
    return StoredReports.report(
        "r" + i % 150 + ".example",
        "" + i,
        DAY.minusDays(100),
        RECEIPT.minus(Duration.ofDays(100)),
        StoredReports.entry("a.example", i, 0));
  }

  private static int purge(ReportStore store) {
    int all = 0;
    int last = 1;
    while (last > 0) {
      last = store.deleteReports(RECEIPT.minus(Duration.ofDays(50)), 40);
      all += last;
    }
    return all;
  }

  @Test
  void domainForgottenByOneShouldBeForgottenByTheOther() {
    ReportStore one = servers.open("one");
    ReportStore other = servers.open("other");
    commit(one, "1", "a.example", "b.example");
    other.refresh();
    Instant later = RECEIPT.plus(Duration.ofDays(60));

    assertThat(
            one.forget(
                later.minus(Duration.ofDays(50)),
                later,
                domain -> domain.equals(A) ? DomainStanding.NAMED : DomainStanding.NOT_OURS))
        .containsExactlyInAnyOrder(A, B);
    assertThat(other.refresh()).containsExactlyInAnyOrder(A, B);
    assertThat(states(other)).isEqualTo(states(one)).containsOnlyKeys(A);
    assertThat(other.domain(A).failures()).isEmpty();

    // It comes again: from the beginning, on both.
    commit(other, "2", "b.example");
    one.refresh();
    assertThat(reports(one, "b.example")).isEqualTo(1);
    assertThat(states(other)).isEqualTo(states(one));
  }

  @Test
  void reportAfterTheLastLookShouldKeepADomainFromBeingForgotten() {
    ReportStore one = servers.open("one");
    ReportStore other = servers.open("other");
    commit(one, "1", "a.example");
    Instant later = RECEIPT.plus(Duration.ofDays(60));
    other.commit(
        List.of(
            StoredReports.report(
                "reporter.example",
                "2",
                DAY.plusDays(60),
                later,
                StoredReports.entry("a.example", 1, 0))));

    // The state that it shows is an old one; what counts is the state under the lock.
    assertThat(
            one.forget(later.minus(Duration.ofDays(50)), later, domain -> DomainStanding.NOT_OURS))
        .containsExactly(A);
    assertThat(reports(one, "a.example")).isEqualTo(2);
    assertThat(one.domain(A).failures()).isEmpty();
  }

  @Test
  void receiptsPutRightByOneShouldBeSoOnTheOther() {
    ReportStore one = servers.open("one");
    ReportStore other = servers.open("other");
    Instant ahead = RECEIPT.plus(Duration.ofDays(500));
    one.commit(List.of(StoredReports.report("reporter.example", "1", ahead, "a.example")));
    other.refresh();
    assertThat(other.lastReceipt()).isEqualTo(ahead);

    one.believe(RECEIPT);

    assertThat(other.refresh()).containsExactly(A);
    assertThat(other.domain(A)).isEqualTo(one.domain(A));
    assertThat(other.lastReceipt()).isEqualTo(RECEIPT);
  }

  @Test
  void serversThatStartAtOnceShouldMakeTheSchemaOnce() throws Exception {
    for (int round = 0; round < 10; round++) {
      try (FreshDatabase empty = PostgresServer.shared().newDatabase();
          Servers three = new Servers(empty.url());
          ExecutorService threads = Executors.newFixedThreadPool(3)) {
        CyclicBarrier start = new CyclicBarrier(3);
        List<Future<PostgresqlReportStore>> opened =
            Stream.of("one", "two", "three")
                .map(
                    name ->
                        threads.submit(
                            () -> {
                              start.await();
                              return three.open(
                                  new Node(name, Map.of("a", "1", "b", "2", "c", "3", "d", "4")));
                            }))
                .toList();
        for (Future<PostgresqlReportStore> one : opened) {
          assertThat(one.get().health()).isEqualTo(new StoreHealth.Available());
          assertThat(commit(one.get(), one.toString(), "a.example")).isInstanceOf(Stored.class);
        }
        opened.getFirst().get().refresh();
        assertThat(reports(opened.getFirst().get(), "a.example")).isEqualTo(3);
      }
    }
  }

  @Test
  void settingsThatDifferShouldBeNamed() {
    try (LogLines log = LogLines.begin()) {
      servers.open(new Node("one", Map.of("retention", "60 days", "maxDomains", "9")));
      servers.open(new Node("same", Map.of("retention", "60 days", "maxDomains", "9")));
      assertThat(log.of(Level.WARN)).isEmpty();

      servers.open(
          new Node("other", Map.of("retention", "30 days", "maxDomains", "8", "more", "1")));
      assertThat(log.of(Level.WARN))
          .hasSize(2)
          .allMatch(line -> line.startsWith("Servers that share PostgreSQL at "))
          .anyMatch(line -> line.endsWith(": retention is '30 days' here and '60 days' on same"))
          .anyMatch(line -> line.endsWith(": maxDomains is '8' here and '9' on same"));
    }
  }

  @Test
  void settingThatAServerChangesShouldNotBeComparedWithItself() {
    servers.open(new Node("one", Map.of("retention", "60 days"))).close();
    try (LogLines log = LogLines.begin()) {
      servers.open(new Node("one", Map.of("retention", "30 days")));
      assertThat(log.of(Level.WARN)).isEmpty();
    }
  }

  @Test
  void serverWhoseClockIsFarAheadShouldStoreNothing() throws Exception {
    ReportStore right = servers.open("right");
    try (LogLines log = LogLines.begin()) {
      ReportStore ahead = servers.open("ahead", later(Duration.ofMinutes(11)));

      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> commit(ahead, "1", "a.example"))
          .withMessageMatching(
              "PostgreSQL at .*: this server's clock is 1[01] minutes ahead of the database's;"
                  + " reports are stored again once it is right");
      assertThat(ahead.clockError()).hasValueSatisfying(e -> assertThat(e).contains("ahead"));
      assertThat(right.reports()).isZero();
      assertThat(right.clockError()).isEmpty();

      // What others commit is shown nevertheless, and that is no end of the outage.
      commit(right, "2", "a.example");
      awaitNextTry();
      assertThat(ahead.refresh()).containsExactly(A);
      assertThat(reports(ahead, "a.example")).isEqualTo(1);
      assertThat(ahead.health()).isInstanceOf(StoreHealth.Unavailable.class);
      assertThat(ahead.recover()).isFalse();
      assertThat(log.of(Level.INFO)).isEmpty();
      assertThat(log.of(Level.ERROR)).hasSize(1);
    }
  }

  @Test
  void serverWhoseClockIsPutRightShouldStoreAgain() throws Exception {
    List<Duration> ahead = new CopyOnWriteArrayList<>(List.of(Duration.ofMinutes(11)));
    ReportStore store =
        servers.open("ahead", () -> InstantSource.system().instant().plus(ahead.getFirst()));
    assertThatThrownBy(() -> commit(store, "1", "a.example"))
        .isInstanceOf(StoreUnavailableException.class);

    ahead.set(0, Duration.ZERO);
    recover(store);
    assertThat(commit(store, "1", "a.example")).isEqualTo(new Stored(false));
    assertThat(store.clockError()).isEmpty();
  }

  @Test
  void clockThatDiffersALittleShouldBeToldOnly() {
    try (LogLines log = LogLines.begin()) {
      ReportStore ahead = servers.open("ahead", later(Duration.ofSeconds(32)));
      ReportStore behind = servers.open("behind", later(Duration.ofMinutes(-11)));
      ReportStore right = servers.open("right", later(Duration.ofSeconds(25)));

      assertThat(commit(ahead, "1", "a.example")).isEqualTo(new Stored(false));
      assertThat(commit(behind, "2", "a.example")).isEqualTo(new Stored(false));
      assertThat(ahead.clockError())
          .hasValueSatisfying(
              e ->
                  assertThat(e)
                      .matches("this server's clock is 3[12] seconds ahead of the database's"));
      assertThat(behind.clockError())
          .hasValueSatisfying(e -> assertThat(e).contains(" minutes behind the database's"));
      assertThat(right.clockError()).isEmpty();
      ahead.refresh();
      behind.refresh();
      assertThat(log.of(Level.WARN)).hasSize(2);
    }
  }

  private static InstantSource later(Duration by) {
    return () -> InstantSource.system().instant().plus(by);
  }

  private static void awaitNextTry() throws InterruptedException {
    Thread.sleep(1_100);
  }

  private static void recover(ReportStore store) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!store.recover() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(store.health()).isEqualTo(new StoreHealth.Available());
  }

  private static Map<DomainName, DomainState> states(ReportStore store) {
    return store.domains().stream().collect(Collectors.toMap(DomainState::domain, state -> state));
  }

  private long count(String table) throws SQLException {
    return number("SELECT count(*) FROM tlsrpt." + table);
  }

  private long number(String query) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
