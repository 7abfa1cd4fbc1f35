// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static io.tlsrpt.store.StoredReports.RECEIPT;
import static io.tlsrpt.store.postgresql.Servers.commit;
import static io.tlsrpt.store.postgresql.Servers.report;
import static io.tlsrpt.store.postgresql.Servers.reports;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.history.HistoryUnavailableException;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.parser.ReportParser;
import io.tlsrpt.store.LogLines;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreHealth.Available;
import io.tlsrpt.store.StoreHealth.Unavailable;
import io.tlsrpt.store.StoreOutcome.AlreadyStored;
import io.tlsrpt.store.StoreOutcome.Stored;
import io.tlsrpt.store.StoreUnavailableException;
import io.tlsrpt.testing.FreshDatabase;
import io.tlsrpt.testing.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/**
 * Servers that stop, connections that break, and databases that refuse: nothing is half stored or
 * stored twice, the reason is shown without anything secret, and the store recovers without help.
 */
@Tag("slow")
@SuppressWarnings("NullAway.Init")
class BrokenServerTest {
  private static final DomainName A = new DomainName("a.example");

  private static PostgresServer server;

  private final FreshDatabase database = server.newDatabase();
  private final Servers servers = new Servers(database.url());

  /** Of its own, since it is stopped. */
  @BeforeAll
  static void start() throws IOException {
    server = PostgresServer.create();
  }

  @AfterAll
  static void end() throws IOException {
    server.close();
  }

  @AfterEach
  void drop() {
    servers.close();
    database.close();
  }

  @Test
  void stoppedServerShouldBeWaitedFor() throws Exception {
    ReportStore store = servers.open("one");
    commit(store, "1", "a.example");
    server.stop();
    try {
      assertUnavailable(store, "PostgreSQL at 127.0.0.1:" + server.port());
      // Back-off: the next commit fails at once.
      long before = System.nanoTime();
      assertUnavailable(store, "PostgreSQL at 127.0.0.1:" + server.port());
      assertThat(System.nanoTime() - before).isLessThan(Duration.ofMillis(500).toNanos());
      Thread.sleep(1_100);
      assertUnavailable(store, "it cannot be reached: Connection to 127.0.0.1");
      assertThat(reports(store, "a.example")).isEqualTo(1);
      assertThatExceptionOfType(HistoryUnavailableException.class)
          .isThrownBy(() -> store.read(all(), report -> true))
          .withMessageContaining("it cannot be reached");
    } finally {
      server.start();
    }

    recover(store);
    assertThat(commit(store, "1", "a.example")).isEqualTo(new AlreadyStored(true));
    assertThat(commit(store, "2", "a.example")).isEqualTo(new Stored(false));
  }

  @Test
  void serverThatIsStoppedAtTheStartShouldBeWaitedFor() throws Exception {
    ReportStore store;
    server.stop();
    try {
      store = servers.open("one");
      assertThat(store.health()).isInstanceOf(Unavailable.class);
      assertThat(store.domains()).isEmpty();
    } finally {
      server.start();
    }

    recover(store);
    assertThat(commit(store, "1", "a.example")).isEqualTo(new Stored(false));
  }

  @Test
  void crashInTheMiddleOfCommitsShouldLoseNothing() throws Exception {
    ReportStore store = servers.open("one");
    AtomicBoolean stop = new AtomicBoolean();
    List<Integer> stored = new CopyOnWriteArrayList<>();
    AtomicInteger failed = new AtomicInteger();
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<?> writer =
          thread.submit(
              () -> {
                for (int i = 0; !stop.get(); i++) {
                  try {
                    commit(store, "" + i, "a.example");
                    stored.add(i);
                  } catch (StoreUnavailableException e) {
                    failed.incrementAndGet();
                    recover(store);
                  }
                }
              });
      for (int crashes = 0; crashes < 3; crashes++) {
        awaitMoreThan(10 * crashes, stored);
        server.restartImmediately();
      }
      awaitMoreThan(30, stored);
      stop.set(true);
      writer.get();
    }

    assertThat(failed).hasPositiveValue();
    for (int i : List.of(stored.getFirst(), stored.get(stored.size() / 2), stored.getLast())) {
      assertThat(commit(store, "" + i, "a.example")).isEqualTo(new AlreadyStored(true));
    }
    // A commit whose reply was lost is stored, though it failed.
    assertThat(store.reports())
        .isBetween((long) stored.size(), (long) stored.size() + failed.get());
    assertThat(reports(store, "a.example")).isEqualTo(store.reports());
    assertThat(servers.open("two").domain(A)).isEqualTo(store.domain(A));
  }

  private static void awaitMoreThan(int some, List<Integer> stored) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (stored.size() <= some) {
      assertThat(System.nanoTime()).as("more reports are stored").isLessThan(end);
      Thread.sleep(5);
    }
  }

  @Test
  void lostReplyToACommitShouldEndAsADuplicate() throws Exception {
    AtomicBoolean loses = new AtomicBoolean();
    try (Proxy proxy = new Proxy(database.url(), () -> loses.getAndSet(false));
        Servers behind = new Servers(proxy.url())) {
      ReportStore store = behind.open("one");
      commit(store, "1", "a.example");
      loses.set(true);

      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> commit(store, "2", "a.example"))
          .withMessageContaining("it cannot be reached");
      assertThat(proxy.lost()).isEqualTo(1);
      assertThat(reports(store, "a.example")).isEqualTo(1);
      recover(store);

      // The new session has read it, and it was told of nowhere.
      assertThat(reports(store, "a.example")).isEqualTo(2);
      assertThat(commit(store, "2", "a.example")).isEqualTo(new AlreadyStored(true));
      assertThat(store.refresh()).contains(A);
      assertThat(store.reports()).isEqualTo(2);
    }
  }

  @Test
  void sessionEndedByTheServerShouldBeBegunAgain() {
    ReportStore store = servers.open("one");
    commit(store, "1", "a.example");
    database.endSessions();

    assertUnavailable(store, "PostgreSQL at");
    recover(store);
    assertThat(commit(store, "2", "a.example")).isEqualTo(new Stored(false));
    assertThat(reports(store, "a.example")).isEqualTo(2);
  }

  @Test
  void sessionEndedWithinATransactionShouldStoreNothing() throws Exception {
    ReportStore store = servers.open("one");
    commit(store, "1", "a.example");
    try (Connection holder = database.connect();
        Statement statement = holder.createStatement();
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      statement.execute("BEGIN; SELECT id FROM tlsrpt.policy_domain FOR UPDATE");
      Future<?> commit =
          thread.submit(() -> assertUnavailable(store, "it is going down or starting"));
      await("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
      database.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
              + " AND datname = current_database()");
      commit.get();
      statement.execute("ROLLBACK");
    }

    recover(store);
    assertThat(store.reports()).isEqualTo(1);
    assertThat(commit(store, "x", "a.example")).isEqualTo(new Stored(false));
  }

  @Test
  void lockHeldForTooLongShouldBeAnOutage() throws Exception {
    ReportStore store = servers.open("one");
    commit(store, "1", "a.example");
    try (Connection holder = database.connect();
        Statement statement = holder.createStatement()) {
      statement.execute("BEGIN; SELECT id FROM tlsrpt.policy_domain FOR UPDATE");
      long before = System.nanoTime();
      assertUnavailable(store, "another server holds a domain for too long: ");
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(6));
      statement.execute("ROLLBACK");
    }

    recover(store);
    assertThat(commit(store, "2", "a.example")).isEqualTo(new Stored(false));
  }

  @Test
  void wrongPasswordShouldBeToldWithoutTheLogin() {
    try (LogLines log = LogLines.begin();
        Servers others = new Servers(database.url().replace("password-of-", "guess-at-"))) {
      assertUnavailable(others.open("one"), "it refuses the login: wrong user or password (28P01)");
      assertThat(log.of(Level.ERROR)).singleElement().satisfies(this::assertNothingSecret);
    }
  }

  @Test
  void missingDatabaseShouldBeTold() {
    try (Servers others =
        new Servers(database.url().replace("/" + database.name() + "?", "/missing?"))) {
      ReportStore store = others.open("one");

      assertUnavailable(store, "the database does not exist: ");
      database.execute("CREATE DATABASE missing OWNER " + database.name());
      recover(store);
      assertThat(commit(store, "1", "a.example")).isEqualTo(new Stored(false));
    } finally {
      database.execute("DROP DATABASE missing WITH (FORCE)");
    }
  }

  @Test
  void readOnlyDatabaseShouldBeTold() throws Exception {
    ReportStore store = servers.open("one");
    commit(store, "1", "a.example");
    database.execute(
        "ALTER DATABASE %s SET default_transaction_read_only = on".formatted(database.name()));
    database.endSessions();
    assertUnavailable(store, "PostgreSQL at");
    Thread.sleep(1_100);

    assertUnavailable(store, "it is a standby, or read-only");
    assertThat(store.recover()).isFalse();
    assertThat(reports(store, "a.example")).isEqualTo(1);
    try (Connection other = server.connect();
        Statement statement = other.createStatement()) {
      statement.execute(
          "ALTER DATABASE %s RESET default_transaction_read_only".formatted(database.name()));
    }
    recover(store);
    assertThat(commit(store, "2", "a.example")).isEqualTo(new Stored(false));
  }

  @Test
  void transactionThatBecomesReadOnlyShouldBeTold() {
    try (Servers any = new Servers(database.url() + "&targetServerType=any")) {
      ReportStore store = any.open("one");
      database.execute(
          "ALTER ROLE %s SET default_transaction_read_only = on".formatted(database.name()));
      database.endSessions();
      assertUnavailable(store, "PostgreSQL at");
      assertThat(store.recover()).isFalse();
      awaitNextTry();

      assertUnavailable(
          store,
          "it is a standby, or read-only; name the primary, or all hosts with"
              + " targetServerType=primary: ");
      database.execute(
          "ALTER ROLE %s RESET default_transaction_read_only".formatted(database.name()));
      recover(store);
    }
  }

  @Test
  void fullDiskShouldBeAnOutageUntilSomethingIsWritten() {
    ReportStore store = servers.open("one");
    ReportStore other = servers.open("other");
    commit(store, "1", "a.example");
    // As the server says it; a real disk would have to be full for its log, too.
    refuseReports("53100", "could not extend file \"base/5/16399\": No space left on device");
    try (LogLines log = LogLines.begin()) {
      assertUnavailable(store, "its disk is full: could not extend file");
      awaitNextTry();

      // Reading works, and a duplicate writes nothing: neither proves that there is room.
      assertThat(store.recover()).isTrue();
      store.refresh();
      assertThat(commit(store, "1", "a.example")).isEqualTo(new AlreadyStored(true));
      assertThat(store.health()).isInstanceOf(Unavailable.class);
      assertUnavailable(store, "its disk is full");
      assertThat(log.of(Level.ERROR)).hasSize(1);
      assertThat(log.of(Level.INFO)).isEmpty();

      takeReports();
      awaitNextTry();
      assertThat(commit(store, "2", "a.example")).isEqualTo(new Stored(false));
      assertThat(store.health()).isEqualTo(new Available());
      assertThat(log.of(Level.INFO)).hasSize(1);
    }
    other.refresh();
    assertThat(other.domain(A)).isEqualTo(store.domain(A));
  }

  @Test
  void refusedValuesShouldFailOnlyTheirMail() throws Exception {
    ReportStore store = servers.open("one");
    commit(store, "1", "a.example");
    // Such a text comes from no report, since reading one replaces what cannot be stored.
    String offending = "offending\0";
    List<Future<?>> offenders = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
      List<Future<?>> others = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String id = "good " + i;
        others.add(threads.submit(() -> commit(store, id, "a.example")));
        if (i % 10 == 5) {
          offenders.add(threads.submit(() -> commit(store, offending, "a.example")));
        }
      }
      for (Future<?> one : others) {
        assertThat(one.get()).isEqualTo(new Stored(false));
      }
    }
    assertThat(offenders)
        .allSatisfy(
            one ->
                assertThat(one.exceptionNow())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the database does not take the values of a report"));
    assertThat(store.health()).isEqualTo(new Available());
    assertThat(reports(store, "a.example")).isEqualTo(41);
    assertThat(store.reports()).isEqualTo(41);
  }

  @Test
  void unstorableCharactersShouldNotGetIn() {
    ReportStore store = servers.open("one");
    String text = "a\\u0000b\\ud800c";
    NewReport report = parsed(text);
    assertThat(report.reportId()).hasValue("a\uFFFDb\uFFFDc");

    assertThat(store.commit(List.of(report))).containsExactly(new Stored(false));
    assertThat(store.commit(List.of(report))).containsExactly(new AlreadyStored(true));
    assertThat(servers.open("two").domain(A)).isEqualTo(store.domain(A));
    List<StoredReport> read = new ArrayList<>();
    store.read(all(), read::add);
    assertThat(read)
        .extracting(StoredReport::reportId, StoredReport::contribution)
        .containsExactly(tuple(Optional.of("a\uFFFDb\uFFFDc"), report.contributions().getFirst()));
  }

  /** A report with a text wherever a sender can write what he likes. */
  private static NewReport parsed(String text) {
    String json =
        """
        {"organization-name": "TEXT", "report-id": "TEXT", "contact-info": "TEXT",
         "date-range": {"start-datetime": "2026-06-01T00:00:00Z",
                        "end-datetime": "2026-06-01T23:59:59Z"},
         "policies": [{
           "policy": {"policy-type": "sts", "policy-domain": "a.example",
                      "policy-string": ["mode: TEXT"], "mx-host": ["TEXT"]},
           "summary": {"total-successful-session-count": 1, "total-failure-session-count": 2},
           "failure-details": [{
             "result-type": "TEXT", "sending-mta-ip": "TEXT", "receiving-mx-hostname": "TEXT",
             "receiving-mx-helo": "TEXT", "receiving-ip": "TEXT", "failed-session-count": 2,
             "additional-information": "TEXT", "failure-reason-code": "TEXT"}]}]}
        """
            .replace("TEXT", text);
    ParseResult.Parsed parsed =
        (ParseResult.Parsed)
            new ReportParser(ReportLimits.DEFAULT)
                .parse(
                    new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                    ContentForm.UNKNOWN)
                .getFirst();
    ReceivedReport received =
        new ReceivedReport(
            new DomainName("reporter.example"),
            RECEIPT,
            parsed.report(),
            ReceivedReport.DEFAULT_RETENTION);
    return new NewReport(
        ReportIdentity.of(received),
        ReportContent.of(received),
        received.report().reportId(),
        List.of(Contribution.of(received, A, received.report().policies())));
  }

  @Test
  void slowQuestionShouldBeGivenUpInWords() throws Exception {
    ReportStore store = servers.open("one");
    commit(store, "1", "a.example");
    // Whoever asks waits for the table.
    try (Connection holder = database.connectAsSuperuser();
        Statement statement = holder.createStatement()) {
      statement.execute("BEGIN; LOCK TABLE tlsrpt.contribution IN ACCESS EXCLUSIVE MODE");

      assertThatExceptionOfType(HistoryUnavailableException.class)
          .isThrownBy(() -> store.read(all(), report -> true))
          .withMessageContaining("it takes longer than 5 seconds; ask for fewer days")
          .satisfies(e -> assertNothingSecret(String.valueOf(e.getMessage())));
      statement.execute("ROLLBACK");
    }
    assertThat(store.health()).isEqualTo(new Available());
    List<Object> read = new ArrayList<>();
    store.read(all(), read::add);
    assertThat(read).hasSize(1);
  }

  @Test
  void schemaOfALaterReleaseShouldBeLeftAlone() {
    servers.open("one").close();
    database.execute("INSERT INTO tlsrpt.schema_version VALUES (99, 99)");

    assertUnavailable(
        servers.open("one"),
        "its schema has version 99, of a later release; this release knows versions up to 1");
  }

  @Test
  void laterSchemaThatThisReleaseCanUseShouldBeUsed() {
    servers.open("one").close();
    database.execute("INSERT INTO tlsrpt.schema_version VALUES (2, 1)");
    ReportStore store = servers.open("one");

    assertThat(commit(store, "1", "a.example")).isEqualTo(new Stored(false));
  }

  @Test
  void schemaOfTheAdministratorShouldBeUsed() {
    database.execute(
        "CREATE SCHEMA tlsrpt AUTHORIZATION " + database.name(),
        "ALTER DATABASE %s OWNER TO CURRENT_USER".formatted(database.name()),
        "REVOKE CREATE ON DATABASE %s FROM PUBLIC".formatted(database.name()));

    assertThat(commit(servers.open("one"), "1", "a.example")).isEqualTo(new Stored(false));
  }

  @Test
  void missingRightShouldBeTold() {
    database.execute(
        "ALTER DATABASE %s OWNER TO CURRENT_USER".formatted(database.name()),
        "REVOKE CREATE ON DATABASE %s FROM PUBLIC".formatted(database.name()));

    assertUnavailable(servers.open("one"), "the user lacks a privilege: ");
  }

  @Test
  void stateThatCannotBeUnderstoodShouldBeAnOutage() {
    ReportStore store = servers.open("one");
    commit(store, "1", "a.example");
    // As a later release might write it.
    database.execute(
        "UPDATE tlsrpt.domain_state SET failures = 'kind-to-come=1'",
        "UPDATE tlsrpt.policy_domain SET version = version + 1");

    assertUnavailable(store, "what is in it cannot be understood: no kind is called kind-to-come");
    awaitNextTry();
    assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(store::refresh);
    assertThat(store.recover()).isFalse();
    assertThat(reports(store, "a.example")).isEqualTo(1);

    database.execute("UPDATE tlsrpt.domain_state SET failures = 'certificate-expired=1'");
    recover(store);
    assertThat(commit(store, "2", "a.example")).isEqualTo(new Stored(false));
  }

  @Test
  void restartOfAllSessionsShouldNotBeToldMoreThanOnce() {
    ReportStore store = servers.open("one");
    commit(store, "1", "a.example");
    try (LogLines log = LogLines.begin()) {
      database.endSessions();
      assertUnavailable(store, "PostgreSQL at");
      recover(store);
      commit(store, "2", "a.example");
      assertThat(log.of(Level.ERROR)).hasSize(1);
      assertThat(log.of(Level.WARN)).isEmpty();
      assertThat(log.of(Level.INFO)).hasSize(1);
    }
  }

  private void refuseReports(String state, String message) {
    database.execute(
        """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '%s' USING ERRCODE = '%s'; END $$
        """
            .formatted(message, state),
        "CREATE TRIGGER refuse BEFORE INSERT ON tlsrpt.report EXECUTE FUNCTION refuse()");
  }

  private void takeReports() {
    database.execute("DROP TRIGGER refuse ON tlsrpt.report", "DROP FUNCTION refuse()");
  }

  private static ReportQuery all() {
    return ReportQuery.since(RECEIPT.minusSeconds(1), 100);
  }

  private void assertUnavailable(ReportStore store, String why) {
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store.commit(List.of(report("reporter.example", "x", "a.example"))))
        .withMessageContaining(why)
        .satisfies(e -> assertNothingSecret(String.valueOf(e.getMessage())));
    assertThat(store.health())
        .isInstanceOfSatisfying(
            Unavailable.class,
            outage -> {
              assertThat(outage.error()).contains(why);
              assertNothingSecret(outage.error());
            });
  }

  /** The name of the database, which may be told, is its owner's name, too: told once only. */
  private void assertNothingSecret(String words) {
    assertThat(words)
        .doesNotContain("jdbc:", "password-of", "guess-at", "reporter.example", "\"x\"");
    assertThat(words.replaceFirst("/" + database.name(), ""))
        .doesNotContain("user \"", "role \"", "user=");
  }

  private static void recover(ReportStore store) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!store.recover() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(store.health()).isEqualTo(new Available());
  }

  private static void awaitNextTry() {
    try {
      Thread.sleep(1_100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until a number is not zero. */
  private void await(String query) throws SQLException, InterruptedException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      while (true) {
        try (ResultSet row = statement.executeQuery(query)) {
          row.next();
          if (row.getLong(1) > 0) {
            return;
          }
        }
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.sleep(10);
      }
    }
  }
}
