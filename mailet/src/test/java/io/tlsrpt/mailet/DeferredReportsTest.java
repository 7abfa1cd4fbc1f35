// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tlsrpt.testing.DkimKey;
import io.tlsrpt.testing.DkimSigner;
import io.tlsrpt.testing.DnsServer;
import io.tlsrpt.testing.ReportMails;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.management.openmbean.CompositeData;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Reports that cannot be judged now: nothing is lost, nothing counted twice, and all is bounded.
 */
@Tag("slow")
class DeferredReportsTest {
  private static final DkimKey KEY = DkimKey.rsa(2048);
  private static final DkimSigner SIGNER = DkimSigner.of("reporter.example", "s1", KEY);

  private static DnsServer dns;

  private ReceiverFixture receiver = new ReceiverFixture();

  @BeforeAll
  static void startDns() {
    dns = DnsServer.start();
    dns.useInThisProcess();
    dns.serveText(SIGNER.keyName(), KEY.record());
  }

  @AfterAll
  static void stopDns() {
    dns.close();
  }

  @AfterEach
  void stop() {
    receiver.stop();
  }

  private void restart() {
    receiver.stop();
    receiver = new ReceiverFixture(receiver.directory());
  }

  @BeforeEach
  void breakDns() {
    dns.setMood(DnsServer.Mood.SERVFAIL);
    dns.setDelay(Duration.ZERO);
  }

  @Test
  void reportShouldWaitForTheDnsAndThenCount() throws Exception {
    assertThat(judged(receiver.strictMailet(), "1")).isEqualTo("deferred dns");
    assertCounts(1, 0, 0, 0, 1);
    assertThat(deferrals()).containsEntry("dns", 1L).containsEntry("domains", 0L);
    assertThat(receiver.deferred()).singleElement().asString().endsWith(".mail");

    dns.setMood(DnsServer.Mood.ANSWERING);
    await(() -> receiver.receiver("ReportsAccepted") == 1);
    assertCounts(1, 1, 0, 0, 0);
    assertThat(receiver.domain("example.com", "SuccessfulSessions")).isEqualTo(5);
    waitUntil(() -> deferredFiles() == 0);
  }

  @Test
  void reportShouldOutliveARestart() throws Exception {
    TlsReportMailet mailet = receiver.strictMailet();
    assertThat(judged(mailet, "1")).isEqualTo("deferred dns");
    assertThat(judged(mailet, "2")).isEqualTo("deferred dns");
    // A process that was killed leaves such a file behind.
    Files.writeString(receiver.directory().resolve("deferred/half.tmp"), "half a ma");

    restart();
    receiver.strictMailet();
    assertCounts(2, 0, 0, 0, 2);
    dns.setMood(DnsServer.Mood.ANSWERING);
    await(() -> receiver.receiver("ReportsAccepted") == 2);
    assertCounts(2, 2, 0, 0, 0);
    waitUntil(() -> deferredFiles() == 0);
  }

  @Test
  void mailOfTwoReportsShouldWaitAsOne() throws Exception {
    String two =
        ReportMails.header()
            + ReportMails.multipart(
                "report",
                ReportMails.gzipPart(ReportMails.report("a", "example.com", 1, 0)),
                ReportMails.gzipPart(ReportMails.report("b", "example.org", 2, 0)));
    assertThat(judgedMail(receiver.strictMailet(), SIGNER.sign(two))).isEqualTo("deferred dns");
    assertCounts(1, 0, 0, 0, 1);

    dns.setMood(DnsServer.Mood.ANSWERING);
    await(() -> receiver.receiver("ReportsAccepted") == 2);
    assertCounts(2, 2, 0, 0, 0);
  }

  @Test
  void signatureShouldBeJudgedByTheTimeOfReceipt() throws Exception {
    long soon = ReceiverFixture.NOW.getEpochSecond() + 60;
    String mail = SIGNER.withTags("x=" + soon + "; ").sign(mail("1"));
    assertThat(judgedMail(receiver.strictMailet(), mail)).isEqualTo("deferred dns");

    receiver.pass(Duration.ofHours(3));
    dns.setMood(DnsServer.Mood.ANSWERING);
    await(() -> receiver.receiver("ReportsAccepted") == 1);
  }

  @Test
  void waitingForTheDnsShouldEndAfterADay() throws Exception {
    judged(receiver.strictMailet(), "1");
    receiver.pass(Duration.ofHours(24));
    await(() -> receiver.receiver("ReportsRejected") == 1);

    assertThat(receiver.rejections()).isEqualTo(Map.of("deferred-too-long", 1L));
    assertCounts(1, 0, 0, 1, 0);
  }

  @Test
  void finalAnswerShouldEndTheWait() throws Exception {
    DkimSigner gone = DkimSigner.of("reporter.example", "gone", KEY);
    assertThat(judgedMail(receiver.strictMailet(), gone.sign(mail("1")))).isEqualTo("deferred dns");

    dns.setMood(DnsServer.Mood.ANSWERING);
    await(() -> receiver.receiver("ReportsRejected") == 1);
    assertThat(receiver.rejections()).isEqualTo(Map.of("dkim-failed", 1L));
  }

  @Test
  void sameMailTwiceShouldWaitOnce() throws Exception {
    TlsReportMailet mailet = receiver.strictMailet();
    String mail = SIGNER.sign(mail("1"));

    assertThat(judgedMail(mailet, mail)).isEqualTo("deferred dns");
    assertThat(judgedMail(mailet, mail)).isEqualTo("deferred dns");
    assertCounts(1, 0, 0, 0, 1);
    assertThat(receiver.deferred()).hasSize(1);
  }

  @Test
  void anOrganisationShouldHaveTwentyPlacesAndItsOldestMailShouldGiveWay() throws Exception {
    TlsReportMailet mailet = receiver.strictMailet();
    for (int i = 0; i < 20; i++) {
      assertThat(judged(mailet, "" + i)).isEqualTo("deferred dns");
    }
    String other = mail("21").replace("noreply@reports.reporter.example", "noreply@other.example");
    assertThat(judgedMail(mailet, DkimSigner.of("other.example", "s1", KEY).sign(other)))
        .isEqualTo("deferred dns");
    assertCounts(21, 0, 0, 0, 21);

    receiver.pass(Duration.ofSeconds(1));
    assertThat(judged(mailet, "20")).isEqualTo("deferred dns");
    assertThat(receiver.rejections()).isEqualTo(Map.of("deferral-limit", 1L));
    assertCounts(22, 0, 0, 1, 21);
    dns.setMood(DnsServer.Mood.ANSWERING);
    await(() -> receiver.receiver("ReportsAccepted") == 20);
    assertThat(receiver.domain("example.com", "Reports")).isEqualTo(20);
  }

  @Test
  void reporterThatWasAuthenticBeforeShouldKeepItsPlacesAmongForgeries() throws Exception {
    dns.setMood(DnsServer.Mood.ANSWERING);
    assertThat(judged(receiver.strictMailet(), "known")).isEqualTo("accepted");
    // From here on no key is in memory: all known keys are in the database.
    restart();
    dns.setMood(DnsServer.Mood.SERVFAIL);
    TlsReportMailet mailet = receiver.strictMailet();
    DkimSigner forger = DkimSigner.of("reporter.example", "s1", DkimKey.rsa(1024));
    for (int i = 0; i < 30; i++) {
      assertThat(judged(mailet, "genuine " + i)).isEqualTo("deferred dns");
      assertThat(judgedMail(mailet, forger.sign(mail("forged " + i)))).isEqualTo("deferred dns");
      receiver.pass(Duration.ofMillis(10));
    }
    assertThat(receiver.rejections()).isEqualTo(Map.of("deferral-limit", 10L));
    // After another start the files of the mails still say whose mails they are.
    restart();
    receiver.strictMailet();
    assertCounts(50, 0, 0, 0, 50);
    dns.setMood(DnsServer.Mood.ANSWERING);
    await(() -> receiver.receiver("ReportsDeferred") == 0);
    assertCounts(50, 30, 0, 20, 0);
    assertThat(receiver.rejections()).isEqualTo(Map.of("dkim-failed", 20L));
  }

  @Test
  void reportShouldWaitForTheDomainListWithItsVerdict() throws Exception {
    dns.setMood(DnsServer.Mood.ANSWERING);
    receiver.setDomainsAvailable(false);
    assertThat(judged(receiver.strictMailet(), "1")).isEqualTo("deferred domains");
    assertThat(deferrals()).containsEntry("domains", 1L);

    // An authentic mail stays authentic: not even another process asks the DNS again.
    dns.setMood(DnsServer.Mood.SERVFAIL);
    receiver.pass(Duration.ofDays(2));
    int queries = dns.queries();
    restart();
    receiver.setDomainsAvailable(false);
    receiver.strictMailet();
    int asked = receiver.domainQuestions();
    await(() -> receiver.domainQuestions() > asked + 5);
    assertCounts(1, 0, 0, 0, 1);
    receiver.setDomainsAvailable(true);
    await(() -> receiver.receiver("ReportsAccepted") == 1);
    assertThat(dns.queries()).isEqualTo(queries);
    assertCounts(1, 1, 0, 0, 0);
  }

  @Test
  void domainListShouldBeWaitedForWithoutSignaturesToo() throws Exception {
    receiver.setDomainsAvailable(false);
    assertThat(judgedMail(receiver.mailet(), mail("1"))).isEqualTo("deferred domains");

    receiver.setDomainsAvailable(true);
    await(() -> receiver.receiver("ReportsAccepted") == 1);
  }

  @Test
  void mailThatCannotBeKeptShouldBeLeftToTheServer() throws Exception {
    Path deferred = receiver.directory().resolve("deferred");
    FakeMail mail = JamesMails.fakeMail(SIGNER.sign(mail("1")));
    TlsReportMailet mailet = receiver.strictMailet();
    Files.delete(deferred.resolve("lock"));
    Files.delete(deferred);
    Files.writeString(deferred, "no directory");

    assertThatExceptionOfType(MessagingException.class)
        .isThrownBy(() -> mailet.service(mail))
        .withMessageContainingAll("mail-1", "dns", "deferred");
    assertThat(ReceiverFixture.outcome(mail)).isEmpty();
    assertCounts(0, 0, 0, 0, 0);

    // The server tries again when the disk is whole.
    Files.delete(deferred);
    mailet.service(mail);
    assertThat(ReceiverFixture.outcome(mail)).isEqualTo("deferred dns");
    assertCounts(1, 0, 0, 0, 1);
  }

  @Test
  void slowDnsShouldDeferAndItsLateAnswerCount() throws Exception {
    dns.setMood(DnsServer.Mood.ANSWERING);
    dns.setDelay(Duration.ofSeconds(7));
    assertThat(judged(receiver.strictMailet(), "1")).isEqualTo("deferred dns");

    await(() -> receiver.receiver("ReportsAccepted") == 1);
    assertCounts(1, 1, 0, 0, 0);
  }

  @Test
  void fileThatWasChangedShouldNotChangeWhatIsCounted() throws Exception {
    judged(receiver.strictMailet(), "1");
    Path file = receiver.deferred().getFirst();
    Files.writeString(file, Files.readString(file).replace("reason: dns", "reason: domains"));
    dns.setMood(DnsServer.Mood.ANSWERING);
    await(() -> receiver.receiver("ReportsAccepted") == 1);

    assertCounts(1, 1, 0, 0, 0);
  }

  @Test
  void directoryShouldBelongToOneServer() throws Exception {
    judged(receiver.strictMailet(), "1");
    ReceiverFixture other = new ReceiverFixture(receiver.directory());
    other.strictMailet();
    assertThat(other.receiver("ReportsReceived")).isZero();

    dns.setMood(DnsServer.Mood.ANSWERING);
    await(() -> receiver.receiver("ReportsAccepted") == 1);
    assertCounts(1, 1, 0, 0, 0);
    other.stop();
  }

  @Test
  void clockThatWasAheadShouldNotKeepAMailForEver() throws Exception {
    receiver.pass(Duration.ofDays(3650));
    judged(receiver.strictMailet(), "1");

    restart();
    receiver.strictMailet();
    dns.setMood(DnsServer.Mood.ANSWERING);
    await(() -> receiver.receiver("ReportsAccepted") == 1);
  }

  @Test
  void fileThatIsGoneShouldBeCountedAndForgotten() throws Exception {
    judged(receiver.strictMailet(), "1");
    Files.delete(receiver.deferred().getFirst());
    await(() -> receiver.receiver("ReportsRejected") == 1);

    assertThat(receiver.rejections()).isEqualTo(Map.of("internal", 1L));
    assertCounts(1, 0, 0, 1, 0);
  }

  @Test
  void brokenFileShouldBeSetAside() throws Exception {
    judged(receiver.strictMailet(), "1");
    Path file = receiver.deferred().getFirst();
    Files.writeString(file, Files.readString(file) + "more");

    restart();
    receiver.strictMailet();
    await(() -> receiver.receiver("ReportsRejected") == 1);
    assertThat(receiver.rejections()).isEqualTo(Map.of("internal", 1L));
    assertCounts(1, 0, 0, 1, 0);
    assertThat(receiver.deferred()).singleElement().asString().endsWith(".broken");
  }

  @Test
  void silentDnsShouldDeferTooAndNotBeAskedForEachMail() throws Exception {
    dns.setMood(DnsServer.Mood.SILENT);
    TlsReportMailet mailet = receiver.strictMailet();
    assertThat(judged(mailet, "1")).isEqualTo("deferred dns");
    int queries = dns.queries();
    String many = mail("2");
    for (int i = 0; i < 8; i++) {
      many = SIGNER.sign(many);
    }
    assertThat(judgedMail(mailet, many)).isEqualTo("deferred dns");
    // dnsjava itself repeats a query. One query for each signature would be more than that.
    assertThat(dns.queries() - queries).isLessThan(4);

    dns.setMood(DnsServer.Mood.ANSWERING);
    await(() -> receiver.receiver("ReportsAccepted") == 2);
  }

  private static String judged(TlsReportMailet mailet, String id) throws MessagingException {
    return judgedMail(mailet, SIGNER.sign(mail(id)));
  }

  private static String judgedMail(TlsReportMailet mailet, String mail) throws MessagingException {
    FakeMail judged = JamesMails.fakeMail(mail);
    mailet.service(judged);
    return ReceiverFixture.outcome(judged);
  }

  private static String mail(String id) {
    return ReportMails.mail(ReportMails.report(id, "example.com", 5, 1));
  }

  private void assertCounts(
      long received, long accepted, long duplicate, long rejected, long deferred) {
    assertThat(
            new long[] {
              receiver.receiver("ReportsReceived"),
              receiver.receiver("ReportsAccepted"),
              receiver.receiver("ReportsDuplicate"),
              receiver.receiver("ReportsRejected"),
              receiver.receiver("ReportsDeferred")
            })
        .containsExactly(received, accepted, duplicate, rejected, deferred);
  }

  private Map<String, Object> deferrals() {
    CompositeData counts =
        (CompositeData) receiver.value("io.tlsrpt:type=Receiver", "DeferralsByReason");
    return Map.of(
        "dns", counts.get("dns"), "store", counts.get("store"), "domains", counts.get("domains"));
  }

  private int deferredFiles() {
    try {
      return receiver.deferred().size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the receiver's time pass until a condition holds. */
  private void await(BooleanSupplier condition) throws Exception {
    waitUntil(
        () -> {
          receiver.pass(Duration.ofMinutes(1));
          return condition.getAsBoolean();
        });
  }

  private static void waitUntil(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new TimeoutException("it did not come to pass");
      }
      Thread.sleep(50);
    }
  }
}
