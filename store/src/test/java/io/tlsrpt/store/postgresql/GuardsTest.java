// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.StoreOutcome.AlreadyStored;
import io.tlsrpt.store.StoreOutcome.Stored;
import io.tlsrpt.testing.FreshDatabase;
import io.tlsrpt.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What keeps two servers right that commit at the same moment, shown by leaving it out. A proxy
 * changes the statements on their way, since the store itself has no switch for it.
 *
 * <ul>
 *   <li>The lock of a domain's row lets one server after the other change a state. With it there
 *       are no races, so nothing need be done again.
 *   <li>The check of the version finds that a domain which was not locked has changed meanwhile.
 *       Without the lock it makes the same of each race: the later one is done again. Without the
 *       check the lock is enough, as long as only what is locked is changed.
 *   <li>Without both an update is lost. If the servers have both gone on to the same version, the
 *       unique version of a contribution is the last to find it; but versions are microseconds, and
 *       hardly ever the same.
 *   <li>The unique identity makes a report count once if two servers take different domains of it
 *       for theirs, and so lock nothing in common.
 * </ul>
 */
@Tag("slow")
class GuardsTest {
  /** Of a domain's row; the row of {@code store} stays locked. */
  static final Rewriter.Rule NO_LOCK =
      new Rewriter.Rule(" ORDER BY id FOR UPDATE", " ORDER BY id           ");

  static final Rewriter.Rule NO_CHECK =
      new Rewriter.Rule("p.version = u.present", "p.version = p.version");

  private static final String NO_IDENTITY =
      "ALTER TABLE tlsrpt.report DROP CONSTRAINT report_identity_key";

  private static final List<NewReport> FIRST =
      List.of(Servers.report("reporter.example", "first", "a.example", "b.example"));
  private static final List<NewReport> ONE =
      List.of(Servers.report("reporter.example", "one", "a.example"));
  private static final List<NewReport> OTHER =
      List.of(Servers.report("reporter.example", "other", "a.example"));

  private final FreshDatabase database = PostgresServer.shared().newDatabase();

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void lockAndCheckTogetherShouldLetNoRaceHappen() throws Exception {
    Race race = race(ONE, OTHER);

    assertThat(race).isEqualTo(new Race(new Stored(false), new Stored(false), 0));
    Truth.of(database.url()).check(List.of(FIRST, ONE, OTHER));
  }

  @Test
  void lockAloneShouldLetNoRaceHappen() throws Exception {
    Race race = race(ONE, OTHER, NO_CHECK);

    assertThat(race).isEqualTo(new Race(new Stored(false), new Stored(false), 0));
    Truth.of(database.url()).check(List.of(FIRST, ONE, OTHER));
  }

  @Test
  void checkAloneShouldLetTheLaterOneBeDoneAgain() throws Exception {
    Race race = race(ONE, OTHER, NO_LOCK);

    assertThat(race).isEqualTo(new Race(new Stored(false), new Stored(false), 1));
    Truth.of(database.url()).check(List.of(FIRST, ONE, OTHER));
  }

  @Test
  void neitherLockNorCheckShouldLoseAnUpdate() throws Exception {
    Race race = race(ONE, OTHER, NO_LOCK, NO_CHECK);

    assertThat(race).isEqualTo(new Race(new Stored(false), new Stored(false), 0));
    Truth truth = Truth.of(database.url());
    assertThat(truth.reports()).hasSize(3);
    assertThatThrownBy(() -> truth.check(List.of(FIRST, ONE, OTHER)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the stored states, and a replay");
  }

  @Test
  void sameVersionShouldLetTheLaterOneBeDoneAgain() throws Exception {
    // Beyond all clocks: the next version is one more than the last.
    Race race =
        race(
            ONE,
            OTHER,
            "UPDATE tlsrpt.policy_domain SET version = 4102444800000000",
            NO_LOCK,
            NO_CHECK);

    assertThat(race).isEqualTo(new Race(new Stored(false), new Stored(false), 1));
    Truth.of(database.url()).check(List.of(FIRST, ONE, OTHER));
  }

  @Test
  void sameReportOfOtherDomainsShouldCountOnce() throws Exception {
    NewReport report = Servers.report("reporter.example", "one", "a.example", "b.example");

    Race race = race(List.of(part(report, 0)), List.of(part(report, 1)));

    assertThat(List.of(race.one(), race.other()))
        .containsExactlyInAnyOrder(new Stored(false), new AlreadyStored(true));
    // Then it is a duplicate, which is rolled back, too.
    assertThat(race.rolledBack()).isEqualTo(2);
    assertThat(Truth.of(database.url()).reports()).hasSize(2);
  }

  @Test
  void sameReportOfOtherDomainsShouldCountTwiceIfIdentitiesMayRepeat() throws Exception {
    NewReport report = Servers.report("reporter.example", "one", "a.example", "b.example");

    // Its lock and its check are there, but of different domains.
    Race race = race(List.of(part(report, 0)), List.of(part(report, 1)), NO_IDENTITY);

    assertThat(race).isEqualTo(new Race(new Stored(false), new Stored(false), 0));
    Truth truth = Truth.of(database.url());
    assertThatThrownBy(() -> truth.check(List.of(FIRST, List.of(report))))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("identities of the stored reports");
  }

  @Test
  void sameReportOfTheSameDomainsShouldCountOnceByTheLock() throws Exception {
    Race race = race(ONE, ONE, NO_IDENTITY);

    assertThat(List.of(race.one(), race.other()))
        .containsExactlyInAnyOrder(new Stored(false), new AlreadyStored(true));
    Truth.of(database.url()).check(List.of(FIRST, ONE));
  }

  @Test
  void sameReportOfTheSameDomainsShouldCountTwiceWithoutAnyGuard() throws Exception {
    Race race = race(ONE, ONE, NO_IDENTITY, NO_LOCK, NO_CHECK);

    assertThat(race).isEqualTo(new Race(new Stored(false), new Stored(false), 0));
    Truth truth = Truth.of(database.url());
    assertThatThrownBy(() -> truth.check(List.of(FIRST, ONE)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("identities of the stored reports");
  }

  /** The report, to a server that takes only one of its domains for its own. */
  private static NewReport part(NewReport report, int domain) {
    return new NewReport(
        report.identity(),
        report.content(),
        report.reportId(),
        List.of(report.contributions().get(domain)));
  }

  /**
   * What has come of two mails with a report each.
   *
   * @param rolledBack how many transactions: to be done again, or since all was there already
   */
  private record Race(StoreOutcome one, StoreOutcome other, int rolledBack) {}

  private Race race(List<NewReport> one, List<NewReport> other, Rewriter.Rule... rules)
      throws Exception {
    return race(one, other, "SELECT 1", rules);
  }

  /**
   * Lets two servers commit at the same moment: both have begun and have read what there is, if no
   * lock of theirs prevents that, before either can write.
   *
   * @param change made in the database before
   */
  private Race race(
      List<NewReport> one, List<NewReport> other, String change, Rewriter.Rule... rules)
      throws Exception {
    try (Proxy proxy = new Proxy(database.url(), () -> false, rules);
        Servers servers = new Servers(proxy.url());
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      ReportStore first = servers.open("one");
      ReportStore second = servers.open("other");
      first.commit(FIRST);
      database.execute(change);
      first.refresh();
      second.refresh();
      int before = proxy.rolledBack();
      List<Future<List<StoreOutcome>>> outcomes = new ArrayList<>();
      try (Connection holder = database.connect();
          Statement statement = holder.createStatement()) {
        statement.execute("BEGIN; LOCK TABLE tlsrpt.report IN SHARE MODE");
        outcomes.add(threads.submit(() -> first.commit(one)));
        outcomes.add(threads.submit(() -> second.commit(other)));
        awaitWaitingSessions();
        statement.execute("COMMIT");
      }
      return new Race(
          outcomes.getFirst().get().getFirst(),
          outcomes.getLast().get().getFirst(),
          proxy.rolledBack() - before);
    }
  }

  /** Waits until both wait. Shorter than a server waits for a lock. */
  private void awaitWaitingSessions() throws Exception {
    long end = System.nanoTime() + Duration.ofMillis(2_500).toNanos();
    while (waitingSessions() < 2) {
      assertThat(System.nanoTime()).as("both servers wait").isLessThan(end);
      Thread.sleep(10);
    }
  }

  private long waitingSessions() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND"
                    + " wait_event_type = 'Lock'")) {
      row.next();
      return row.getLong(1);
    }
  }
}
