// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static io.tlsrpt.store.postgresql.Servers.commit;
import static io.tlsrpt.store.postgresql.Servers.report;
import static io.tlsrpt.store.postgresql.Servers.reports;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.StoreOutcome.Stored;
import io.tlsrpt.store.StoreUnavailableException;
import io.tlsrpt.store.StoredReports;
import io.tlsrpt.store.postgresql.PostgresqlSchema.Addition;
import io.tlsrpt.store.sql.SchemaFile;
import io.tlsrpt.testing.FreshDatabase;
import io.tlsrpt.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A later release upgrades the schema while servers of this one have the database open: they go on,
 * or let their mails wait if the schema says that they cannot use it. Nothing is lost, and nobody
 * waits in a circle.
 */
@Tag("slow")
class UpgradeTest {
  private static final DomainName A = new DomainName("a.example");

  /** In another order than a commit uses these tables. */
  private static final List<String> ADDED =
      List.of(
          "CREATE INDEX contribution_mode ON contribution (mode)",
          "ALTER TABLE report ADD COLUMN octets BIGINT NOT NULL DEFAULT 0",
          "ALTER TABLE reporter_state ADD COLUMN remark TEXT",
          "CREATE TABLE remark (domain BIGINT PRIMARY KEY REFERENCES policy_domain)",
          "ALTER TABLE policy_domain ADD COLUMN remark TEXT");

  /** Whoever commits waits when it writes, and has read all by then. */
  private static final String HOLD_REPORTS = "BEGIN; LOCK TABLE tlsrpt.report IN SHARE MODE";

  private static final String TOO_OLD =
      "its schema has version 2, of a later release; this release knows versions up to 1";

  private final FreshDatabase database = PostgresServer.shared().newDatabase();
  private final Servers servers = new Servers(database.url());
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void drop() {
    servers.close();
    database.close();
    threads.shutdownNow();
  }

  /** Of a release that adds something, which servers that know some version can do without. */
  private static PostgresqlSchema later(int usableFrom) {
    return new PostgresqlSchema(
        List.of(
            new Addition(1, () -> SchemaFile.statements("postgresql-1.sql")),
            new Addition(usableFrom, () -> ADDED)));
  }

  private Future<?> upgrade(PostgresqlSchema later) {
    return threads.submit(
        () -> {
          try (Connection connection = database.connect()) {
            later.bringUpToDate(connection);
          }
          return true;
        });
  }

  private Future<StoreOutcome> commitLater(ReportStore store, String id) {
    return threads.submit(() -> commit(store, id, "a.example"));
  }

  @Test
  void olderServersShouldGoOnWhileTwoLaterOnesUpgradeAtOnce() throws Exception {
    List<List<NewReport>> mails = new ArrayList<>();
    AtomicBoolean isOver = new AtomicBoolean();
    List<ReportStore> older = List.of(servers.open("one"), servers.open("other"));
    List<Future<List<List<NewReport>>>> working = new ArrayList<>();
    CyclicBarrier start = new CyclicBarrier(2 * older.size());
    for (ReportStore store : older) {
      working.add(
          threads.submit(
              () -> {
                List<List<NewReport>> stored = new ArrayList<>();
                while (!isOver.get() || stored.size() < 20) {
                  String id = older.indexOf(store) + " " + stored.size();
                  List<NewReport> mail =
                      List.of(report("reporter.example", id, "a.example", "b.example"));
                  assertThat(store.commit(mail)).containsExactly(new Stored(false));
                  stored.add(mail);
                  if (stored.size() == 10) {
                    start.await();
                  }
                }
                return stored;
              }));
    }
    List<Future<?>> upgrades = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      upgrades.add(
          threads.submit(
              () -> {
                start.await();
                upgrade(later(1)).get();
                return true;
              }));
    }
    for (Future<?> one : upgrades) {
      one.get();
    }
    isOver.set(true);
    for (Future<List<List<NewReport>>> one : working) {
      mails.addAll(one.get());
    }

    Truth.of(database.url()).check(mails);
    assertThat(number("SELECT max(version) FROM tlsrpt.schema_version")).isEqualTo(2);
    assertThat(deadlocks()).isZero();
  }

  @Test
  void upgradeShouldWaitForATransactionAndOthersForIt() throws Exception {
    ReportStore one = servers.open("one");
    ReportStore other = servers.open("other");
    commit(one, "1", "a.example");
    other.refresh();

    Future<StoreOutcome> first;
    Future<?> upgrade;
    Future<StoreOutcome> second;
    try (Connection holder = database.connect();
        Statement statement = holder.createStatement()) {
      statement.execute(HOLD_REPORTS);
      first = commitLater(one, "2");
      awaitWaitingSessions(1);
      upgrade = upgrade(later(1));
      awaitWaitingSessions(2);
      second = commitLater(other, "3");
      awaitWaitingSessions(3);
      statement.execute("COMMIT");
    }

    assertThat(first.get()).isEqualTo(new Stored(false));
    upgrade.get();
    assertThat(second.get()).isEqualTo(new Stored(false));
    one.refresh();
    assertThat(reports(one, "a.example")).isEqualTo(3);
    assertThat(deadlocks()).isZero();
  }

  @Test
  void serverThatIsTooOldShouldLetItsMailsWait() throws Exception {
    ReportStore store = servers.open("one");
    commit(store, "1", "a.example");
    upgrade(later(2)).get();

    assertTooOld(() -> commit(store, "2", "a.example"));
    Thread.sleep(1_100);
    assertTooOld(store::refresh);
    assertThat(store.recover()).isFalse();
    assertThat(store.health())
        .isInstanceOfSatisfying(
            StoreHealth.Unavailable.class, outage -> assertThat(outage.error()).contains(TOO_OLD));
    // What it knows is still shown.
    assertThat(reports(store, "a.example")).isEqualTo(1);
    assertThat(number("SELECT count(*) FROM tlsrpt.report")).isEqualTo(1);
  }

  @Test
  void serverThatIsTooOldShouldNoticeBeforeItDoesAnything() throws Exception {
    upgradeAndDo(ReportStore::refresh);
    upgradeAndDo(store -> store.deleteReports(StoredReports.RECEIPT, 10));
    upgradeAndDo(store -> commit(store, "2", "new.example"));
  }

  @Test
  void commitThatHasWaitedForAnUpgradeShouldNoticeIt() throws Exception {
    ReportStore one = servers.open("one");
    ReportStore other = servers.open("other");
    commit(one, "1", "a.example");
    other.refresh();

    Future<StoreOutcome> first;
    Future<?> upgrade;
    Future<StoreOutcome> second;
    try (Connection holder = database.connect();
        Statement statement = holder.createStatement()) {
      statement.execute(HOLD_REPORTS);
      first = commitLater(one, "2");
      awaitWaitingSessions(1);
      upgrade = upgrade(later(2));
      awaitWaitingSessions(2);
      second = commitLater(other, "3");
      awaitWaitingSessions(3);
      statement.execute("COMMIT");
    }

    assertThat(first.get()).isEqualTo(new Stored(false));
    upgrade.get();
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(second::get)
        .withCauseInstanceOf(StoreUnavailableException.class)
        .withMessageContaining(TOO_OLD);
    assertThat(number("SELECT count(*) FROM tlsrpt.report")).isEqualTo(2);
  }

  @Test
  void pollShouldNotSeeATableThatAnUpgradeHasWrittenAnew() throws Exception {
    ReportStore one = servers.open("one");
    ReportStore other = servers.open("other");
    commit(one, "1", "a.example");
    other.refresh();
    commit(one, "2", "a.example");
    Future<List<DomainName>> refreshed;
    try (Connection later = database.connect();
        Statement statement = later.createStatement()) {
      // A snapshot from before would find the table empty, and the domain forgotten.
      statement.execute(
          "BEGIN; LOCK TABLE tlsrpt.schema_version IN ACCESS EXCLUSIVE MODE;"
              + " ALTER TABLE tlsrpt.domain_state ALTER COLUMN reports TYPE NUMERIC");
      refreshed = threads.submit(other::refresh);
      awaitWaitingSessions(1);
      statement.execute("COMMIT");
    }

    assertThat(refreshed.get()).containsExactly(A);
    assertThat(reports(other, "a.example")).isEqualTo(2);
  }

  private interface Use {
    void of(ReportStore store);
  }

  private void upgradeAndDo(Use use) throws Exception {
    try (FreshDatabase fresh = PostgresServer.shared().newDatabase();
        Servers older = new Servers(fresh.url());
        Connection connection = fresh.connect()) {
      ReportStore store = older.open("one");
      commit(store, "1", "a.example");
      later(2).bringUpToDate(connection);
      assertTooOld(() -> use.of(store));
    }
  }

  private static void assertTooOld(ThrowingCallable use) {
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(use)
        .withMessageContaining(TOO_OLD);
  }

  /** Waits until so many sessions wait for a lock. Shorter than a server waits for one. */
  private void awaitWaitingSessions(int sessions) throws Exception {
    long end = System.nanoTime() + Duration.ofMillis(2_500).toNanos();
    while (number(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND"
                + " wait_event_type = 'Lock'")
        < sessions) {
      assertThat(System.nanoTime()).as(sessions + " sessions wait").isLessThan(end);
      Thread.sleep(10);
    }
  }

  /** Sessions tell theirs when they end, at the latest. */
  private long deadlocks() throws Exception {
    servers.close();
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()") > 1) {
      assertThat(System.nanoTime()).as("other sessions have ended").isLessThan(end);
      Thread.sleep(10);
    }
    return number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
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
