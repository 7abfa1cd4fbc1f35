// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.it.ReportMail.Form;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What a real James 3.8 tells an administrator by mail: reports come by SMTP, and the mails are
 * read by IMAP. Users and mailboxes of this James are gone when it ends.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NotificationIT {
  private static final String RUA = "tlsrpt@example.com";
  private static final String ADMIN = "admin@elsewhere.example";
  private static final String PASSWORD = "secret";
  private static final String REPORTER = "reporter.example";
  private static final int MANY = 500;

  private static final Duration DELIVERY = Duration.ofSeconds(90);

  /** Longer than James takes to stop: what it is given while it stops is lost with its queue. */
  private static final Duration GATHERING = Duration.ofSeconds(15);

  private static final Reporters REPORTERS = new Reporters();
  private static final MailSink ELSEWHERE = MailSink.start();

  private static JamesHome home;
  private static JamesServer james;
  private static JmxClient jmx;
  private static int reports;
  private static int mails;
  private static String start = "";

  @BeforeAll
  static void start() {
    List<String> domains = new ArrayList<>(List.of("example.com", "example.net", "example.org"));
    domains.addAll(customers());
    home =
        JamesHome.create(Build.directory("james-notification"), Ports.free(), Build.jarForJames38())
            .withDns(REPORTERS.dns())
            .withNotifications(ADMIN, GATHERING)
            .serving(domains.toArray(String[]::new));
    String queue = "<outgoingQueue>outgoing</outgoingQueue>";
    home.edit(
        "mailetcontainer.xml",
        queue,
        queue
            + "<gateway>127.0.0.1</gateway><gatewayPort>%d</gatewayPort>"
                .formatted(ELSEWHERE.port()));
    james = JamesServer.start(home);
    jmx = james.jmx();
    prepare();
  }

  private static void startAgain() {
    james = JamesServer.start(home);
    jmx = james.jmx();
    prepare();
  }

  private static void prepare() {
    new Administrator(jmx).addUser(RUA, PASSWORD);
    reports = 0;
  }

  @AfterAll
  static void stop() {
    jmx.close();
    james.close();
    ELSEWHERE.close();
    REPORTERS.close();
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  private static List<String> customers() {
    return IntStream.rangeClosed(1, MANY).mapToObj(i -> "customer" + i + ".example").toList();
  }

  @Test
  @Order(1)
  void firstReportShouldBeTold() {
    report("1", 4, 0, "mx.example.com", List.of("example.com"));

    String mail = nextMail();
    assertThat(field("Subject", mail))
        .isEqualTo("TLS reports: it works: first report about example.com");
    assertThat(james.log())
        .contains("TLS reports are told by mail: ")
        .doesNotContain("would read of trouble");
  }

  @Test
  @Order(2)
  void failureShouldBeTold() {
    report("2", 3, 7, "mx2.example.com", List.of("example.com"));

    String mail = nextMail();
    start = field("Message-ID", mail);
    assertThat(field("Subject", mail))
        .startsWith("TLS reports: example.com loses mail since ")
        .endsWith(": tlsa-invalid at mx2");
    assertThat(start).startsWith("<tlsa-invalid.example.com.");
    assertThat(mail).startsWith("MAIL FROM:<>");
    assertThat(field("Auto-Submitted", mail)).isEqualTo("auto-generated");
    assertThat(field("List-Id", mail)).startsWith("TLS reports <tlsrpt.");
    assertThat(mail).contains("told by reporter.example", "mx2.example.com");
  }

  @Test
  @Order(3)
  void restartShouldTellNothingTwiceAndRecoveryShouldAnswer() {
    report("3", 3, 2, "mx.example.org", List.of("example.org"));
    jmx.close();
    james.close();
    startAgain();
    assertThat(nextMail()).contains("tlsa-invalid at example.org: ").doesNotContain("example.com:");
    report("4", 2, 0, "mx2.example.com", List.of("example.com"));

    String texts = mailsUntil("example.com loses no mail any more");
    assertThat(texts).containsOnlyOnce("example.com loses no mail any more, as far");
    assertThat(texts).containsOnlyOnce("In-Reply-To: " + start);
    assertThat(texts).doesNotContain("example.com loses mail", "example.org");
  }

  @Test
  @Order(4)
  void hostileTextShouldStayWithinALine() {
    report(
        "5",
        1,
        3,
        "http://evil.example/\\r\\nBcc: victim@example.org\\r\\n\\r\\n<b>\\u202e",
        List.of("example.com"));

    String texts = mailsUntil("evil");
    String mail = texts.substring(texts.indexOf("example.com loses mail"));
    assertThat(mail).doesNotContain("http://evil", "victim@example.org", "\nBcc:", "<b>");
    assertThat(mail).doesNotContain("a code of hostile make");
  }

  @Test
  @Order(5)
  void manyDomainsShouldBeOneMail() {
    report("6", 2, 0, "mx.host.example", customers());
    mailsUntil(MANY + " domains");
    report("7", 1, 4, "mx.host.example", customers());

    String mail = nextMail();
    assertThat(field("Subject", mail))
        .isEqualTo("TLS reports: " + MANY + " domains lose mail: tlsa-invalid");
    assertThat(mail).contains("mx.host.example (" + MANY + " domains)");
    assertThat(mail.lines().count()).isLessThan(120);
  }

  /** Neither the rua address nor the log is told of our own mails. */
  @Test
  @Order(6)
  void mailsShouldNotBeTakenForReports() {
    assertThat(jmx.number("io.tlsrpt:type=Receiver", "ReportsReceived")).isEqualTo(reports);
    assertThat(james.log())
        .doesNotContain("could not be told by mail", "cannot be sent now", "NullPointerException");
  }

  /** Delivers one report about domains, and waits until it counts. */
  private static void report(String id, int daysAgo, int failed, String mx, List<String> domains) {
    String policies =
        domains.stream()
            .map(
                domain ->
                    """
                    {"policy": {"policy-type": "tlsa", "policy-domain": "%1$s"},
                     "summary": {"total-successful-session-count": 90,
                       "total-failure-session-count": %2$d},
                     "failure-details": [{"result-type": "tlsa-invalid",
                       "failed-session-count": %2$d, "receiving-mx-hostname": "%3$s",
                       "failure-reason-code": "a code of hostile make"}]}
                    """
                        .formatted(domain, failed, mx))
            .collect(Collectors.joining(","));
    String json =
        """
        {"report-id": "%1$s",
         "date-range": {"start-datetime": "%2$sT00:00:00Z", "end-datetime": "%2$sT23:59:59Z"},
         "policies": [%3$s]}
        """
            .formatted(id, today().minusDays(daysAgo), policies);
    String mail = new ReportMail(REPORTER, domains.getFirst()).of(Form.MULTIPART_GZIP, json);
    new SmtpClient(james.ports().smtp())
        .send("tls-reports@" + REPORTER, RUA, REPORTERS.signer(REPORTER).sign(mail));
    new Administrator(jmx).awaitReports(++reports);
  }

  private static String nextMail() {
    Waiting.until(
        DELIVERY, "mail " + (mails + 1) + " is there", () -> ELSEWHERE.mails().size() > mails);
    String mail = ELSEWHERE.mails().get(mails++);
    int body = mail.indexOf("\n\n");
    return mail.substring(0, body).replaceAll("\n[ \t]+", " ") + mail.substring(body);
  }

  /** All mails, as soon as one of them has this text. */
  private static String mailsUntil(String text) {
    StringBuilder all = new StringBuilder();
    do {
      all.append(nextMail()).append('\n');
    } while (!all.toString().contains(text));
    return all.toString();
  }

  private static String field(String name, String mail) {
    Matcher field = Pattern.compile("(?m)^" + name + ": (.*)$").matcher(mail);
    assertThat(field.find()).as(name + " in\n" + mail).isTrue();
    return field.group(1);
  }
}
