// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tlsrpt.testing.ReportMails;
import io.tlsrpt.testing.SmallDisk;
import jakarta.mail.MessagingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reports outlive the process, and none is lost while the database cannot be used. */
@Tag("slow")
class LastingReportsTest {
  private static final String DOMAIN = "io.tlsrpt:type=Domain,domain=example.com";
  private static final String RECEIVER = "io.tlsrpt:type=Receiver";

  private ReceiverFixture receiver = new ReceiverFixture();

  @AfterEach
  void stop() {
    receiver.stop();
  }

  private void restart() {
    receiver.stop();
    receiver = new ReceiverFixture(receiver.directory());
  }

  @Test
  void figuresShouldComeBackAsTheyWere() throws Exception {
    TlsReportMailet mailet = receiver.mailet();
    judged(mailet, report("1", "example.com", 5, 2));
    judged(mailet, report("2", "example.com", 7, 0));
    Map<String, Object> before = receiver.values(DOMAIN);

    restart();
    TlsReportMailet again = receiver.mailet();
    assertThat(receiver.values(DOMAIN)).isEqualTo(before).containsEntry("FailedSessions", 2L);
    assertThat(receiver.names())
        .contains("io.tlsrpt:domain=example.com,resultType=unspecified,type=Failure");
    assertThat(receiver.receiver("ReportsReceived")).isZero();
    assertThat(judged(again, report("1", "example.com", 5, 2))).isEqualTo("duplicate");
    assertThat(receiver.values(DOMAIN)).isEqualTo(before);
  }

  @Test
  void reportShouldWaitForTheDatabaseAndBeStoredWithoutARestart() throws Exception {
    TlsReportMailet mailet = receiver.mailet();
    judged(mailet, report("1", "example.com", 5, 0));
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      assertThat(judged(mailet, aboutOursAndAForeignDomain())).isEqualTo("deferred store");
      assertThat((String[]) receiver.value(RECEIVER, "UnknownDomains")).isEmpty();
      assertThat(receiver.value(RECEIVER, "StoreAvailable")).isEqualTo(false);
      assertThat(receiver.value(RECEIVER, "StoreError").toString())
          .contains("reports.db", "another process holds a lock on it");
      assertThat(receiver.receiver("ReportsDeferred")).isEqualTo(1);
      assertThat(receiver.domain("example.com", "SuccessfulSessions")).isEqualTo(5);
      statement.execute("ROLLBACK");
    }

    await(() -> receiver.receiver("ReportsAccepted") == 2);
    assertThat(receiver.value(RECEIVER, "StoreAvailable")).isEqualTo(true);
    assertThat(receiver.value(RECEIVER, "StoreError")).isEqualTo("");
    assertThat(receiver.receiver("ReportsDeferred")).isZero();
    assertThat(receiver.domain("example.com", "SuccessfulSessions")).isEqualTo(11);
    assertThat((String[]) receiver.value(RECEIVER, "UnknownDomains"))
        .containsExactly("foreign.example: 1, last from reporter.example");
  }

  @Test
  void outageShouldBeNoticedAndEndWithoutAMail() throws Exception {
    receiver.mailet();
    Path database = receiver.directory().resolve("reports.db");
    Path elsewhere = receiver.directory().resolve("elsewhere");
    Files.move(database, elsewhere);
    await(() -> receiver.value(RECEIVER, "StoreAvailable").equals(false));
    assertThat(receiver.value(RECEIVER, "StoreError").toString()).contains("the file is gone");

    Files.move(elsewhere, database);
    await(() -> receiver.value(RECEIVER, "StoreAvailable").equals(true));
  }

  @Test
  void serverShouldStartWithoutItsDatabaseAndShowItWhenItIsThere() throws Exception {
    judged(receiver.mailet(), report("1", "example.com", 5, 0));
    receiver.stop();
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      restart();
      TlsReportMailet mailet = receiver.mailet();
      assertThat(receiver.names()).noneMatch(name -> name.contains("Domain"));
      assertThat(receiver.receiver("NeverReported")).isZero();
      assertThat(judged(mailet, report("2", "example.com", 6, 0))).isEqualTo("deferred store");
    }

    await(() -> receiver.names().contains("io.tlsrpt:domain=example.com,type=Domain"));
    await(() -> receiver.receiver("ReportsAccepted") == 1);
    assertThat(receiver.domain("example.com", "SuccessfulSessions")).isEqualTo(11);
    assertThat(receiver.receiver("NeverReported")).isEqualTo(1);
  }

  @Test
  void ignoredReporterShouldLeaveTheCurrentFiguresAtTheNextStart() throws Exception {
    judged(receiver.mailet(), report("1", "example.com", 5, 2));
    assertThat(receiver.domain("example.com", "ActiveFailures")).isEqualTo(2);

    restart();
    receiver.mailet("ignoredReporters", "reporter.example");
    assertThat(receiver.domain("example.com", "ActiveFailures")).isZero();
    assertThat(receiver.domain("example.com", "Reporters")).isZero();
    assertThat(receiver.value(DOMAIN, "PolicyMode")).isEqualTo("unknown");
    assertThat(receiver.domain("example.com", "FailedSessions")).isEqualTo(2);
    assertThat(receiver.names()).noneMatch(name -> name.contains("Failure"));
  }

  @Test
  void domainThatIsNotOursAnyMoreShouldHaveNoBeans() throws Exception {
    TlsReportMailet mailet = receiver.mailet("domains", "mx.example");
    judged(mailet, report("1", "example.com", 5, 2));
    judged(mailet, report("2", "mx.example", 5, 2));

    restart();
    receiver.mailet();
    assertThat(receiver.names()).filteredOn(name -> name.contains("mx.example")).isEmpty();
    assertThat(receiver.domain("example.com", "FailedSessions")).isEqualTo(2);

    // The domain comes back with all its figures.
    restart();
    receiver.mailet("domains", "mx.example");
    assertThat(receiver.domain("mx.example", "FailedSessions")).isEqualTo(2);
  }

  @Test
  void clockSetBackShouldReviveNothing() throws Exception {
    TlsReportMailet mailet = receiver.mailet();
    judged(mailet, report("1", "example.com", 5, 2));
    receiver.pass(Duration.ofDays(9));
    judged(mailet, report("2", "example.org", 5, 0));
    assertThat(receiver.domain("example.com", "ActiveFailures")).isZero();

    receiver.pass(Duration.ofDays(-1));
    assertThat(receiver.domain("example.com", "ActiveFailures")).isZero();
    restart();
    receiver.pass(Duration.ofDays(8));
    receiver.mailet();
    assertThat(receiver.domain("example.com", "ActiveFailures")).isZero();
    assertThat(receiver.value(RECEIVER, "ClockError")).isEqualTo("");
  }

  @Test
  void clockThatWasAheadShouldBlindNobodyAndBeTold() throws Exception {
    TlsReportMailet mailet = receiver.mailet();
    Duration ahead = Duration.ofDays(300);
    receiver.pass(ahead);
    judged(mailet, report("1", "example.org", 5, 0));
    receiver.pass(ahead.negated());

    judged(mailet, report("2", "example.com", 5, 2));

    assertThat(receiver.domain("example.com", "ActiveFailures")).isEqualTo(2);
    assertThat(receiver.domain("example.com", "Reporters")).isEqualTo(1);
    assertThat(receiver.value(RECEIVER, "ClockError").toString())
        .contains("the newest report was received at");
    restart();
    receiver.mailet();
    assertThat(receiver.domain("example.com", "ActiveFailures")).isEqualTo(2);
  }

  @Test
  void purgeWhileTheClockIsAheadShouldTakeNothing() throws Exception {
    judged(receiver.mailet(), report("1", "example.com", 5, 2));
    restart();
    receiver.pass(Duration.ofDays(3_650));
    String undated = ReportMails.report("2", "example.com", 5, 0).replace("date-range", "-");
    assertThat(judged(receiver.mailet(), mail(undated))).isEqualTo("accepted");
    // The first purge comes 15 seconds after the start.
    Thread.sleep(Duration.ofSeconds(17));
    receiver.pass(Duration.ofDays(-3_650));

    assertThat(receiver.names()).anyMatch(name -> name.contains("type=Failure"));
    assertThat(judged(receiver.mailet(), report("1", "example.com", 5, 2))).isEqualTo("duplicate");
  }

  @Test
  void oldReportsAndFailuresShouldGoAndTotalsStay() throws Exception {
    TlsReportMailet first = receiver.mailet();
    judged(first, report("1", "example.com", 5, 2));
    receiver.pass(Duration.ofDays(403));
    judged(
        first,
        mail(ReportMails.report("2", "example.org", 5, 0).replace("2026-06-01", "2027-07-08")));
    restart();
    receiver.pass(Duration.ofDays(403));
    TlsReportMailet mailet = receiver.mailet();
    assertThat(receiver.names()).anyMatch(name -> name.contains("type=Failure"));

    await(() -> receiver.names().stream().noneMatch(name -> name.contains("type=Failure")));
    assertThat(receiver.domain("example.com", "FailedSessions")).isEqualTo(2);
    assertThat(receiver.domain("example.com", "Reports")).isEqualTo(1);
    // A report that somebody sends again from an archive changes nothing.
    assertThat(judged(mailet, report("1", "example.com", 5, 2))).isEqualTo("rejected too-old");
  }

  @Test
  void databaseShouldBeWhereItIsWanted() throws Exception {
    Path file = receiver.directory().resolve("own place/tls.db").toAbsolutePath();
    judged(
        receiver.mailet("database", "jdbc:sqlite:" + file + "?synchronous=NORMAL"),
        report("1", "example.com", 5, 2));

    assertThat(file).exists();
    assertThat(receiver.directory().resolve("reports.db")).doesNotExist();
  }

  @Test
  void fullDiskShouldLeaveTheMailToTheServer() throws Exception {
    Optional<SmallDisk> mounted = SmallDisk.mount(receiver.directory().resolve("disk"), 24);
    assumeTrue(
        mounted.isPresent() || "true".equals(System.getenv("CI")), "only root can mount a disk");
    try (SmallDisk disk = mounted.orElseThrow()) {
      receiver = new ReceiverFixture(disk.directory());
      TlsReportMailet mailet = receiver.mailet();
      Path ballast = disk.fill((24 << 20) - (300 << 10));
      int accepted = acceptedUntilFull(mailet);
      assertThat(receiver.value(RECEIVER, "StoreError").toString()).contains("disk");
      assertThat(receiver.receiver("ReportsReceived"))
          .isEqualTo(accepted + receiver.receiver("ReportsDeferred"));
      assertThat(receiver.domain("example.com", "Reports")).isEqualTo(accepted);

      Files.delete(ballast);
      await(() -> receiver.value(RECEIVER, "StoreAvailable").equals(true));
      await(() -> receiver.receiver("ReportsDeferred") == 0);
      assertThat(judged(mailet, report("again", "example.com", 5, 0))).isEqualTo("accepted");
      assertThat(receiver.domain("example.com", "Reports"))
          .isEqualTo(receiver.receiver("ReportsAccepted"));
      receiver.stop();
    }
  }

  /** Sends mails until one can be neither stored nor deferred; gives how many were accepted. */
  private static int acceptedUntilFull(TlsReportMailet mailet) throws Exception {
    int accepted = 0;
    for (int i = 0; ; i++) {
      FakeMail mail = JamesMails.fakeMail(report("" + i, "example.com", 5, 0));
      try {
        mailet.service(mail);
      } catch (MessagingException e) {
        assertThat(e).hasMessageContaining("cannot be kept");
        assertThat(ReceiverFixture.outcome(mail)).isEmpty();
        return accepted;
      }
      accepted += ReceiverFixture.outcome(mail).equals("accepted") ? 1 : 0;
    }
  }

  @Test
  void manyMailsOfOneReporterShouldWaitForTheDatabase() throws Exception {
    TlsReportMailet mailet = receiver.mailet();
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      for (int i = 0; i < 100; i++) {
        assertThat(judged(mailet, report("" + i, "example.com", 1, 0))).isEqualTo("deferred store");
      }
      statement.execute("ROLLBACK");
    }

    await(() -> receiver.receiver("ReportsAccepted") == 100);
    assertThat(receiver.domain("example.com", "SuccessfulSessions")).isEqualTo(100);
  }

  private static String report(String id, String domain, long successful, long failed) {
    return mail(ReportMails.report(id, domain, successful, failed));
  }

  private static String mail(String json) {
    return ReportMails.header() + ReportMails.multipart("report", ReportMails.gzipPart(json));
  }

  private static String aboutOursAndAForeignDomain() {
    String both =
        ReportMails.report("2", "example.com", 6, 0)
            .replaceAll("(?s)(\\{\\s*\"policy\":.*}})]", "$1, $1]")
            .replaceFirst("(?s)(.*)example.com", "$1foreign.example");
    return ReportMails.header() + ReportMails.multipart("report", ReportMails.gzipPart(both));
  }

  private static String judged(TlsReportMailet mailet, String mail) throws Exception {
    FakeMail fake = JamesMails.fakeMail(mail);
    mailet.service(fake);
    return ReceiverFixture.outcome(fake);
  }

  private Connection connect() throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + receiver.directory().resolve("reports.db"));
  }

  private static void await(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
