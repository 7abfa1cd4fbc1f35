// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.it.ReportMail.Form;
import io.tlsrpt.testing.DkimSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Rejected mails, judged again by a real James 3.8 with the processors of our sample, asked as
 * {@code docs/operations.md} says.
 */
class SecondChanceIT {
  private static final String RUA = "tlsrpt@example.com";
  private static final String PASSWORD = "secret";
  private static final String RECEIVER = "io.tlsrpt:type=Receiver";

  private static final String LIST = "what lies there";
  private static final String ATTRIBUTES = "one of them, with its attributes";
  private static final String ALL_AGAIN = "judge all of it again";
  private static final String ONE_AGAIN = "or one of them";
  private static final String LIST_OF_REJECTED_AGAIN = "what was rejected again";
  private static final String PUT_BACK = "put that back";
  private static final String GIVE_UP = "or give it up";

  private static final String NOTHING = "[]";

  /** For so long at least it is remembered that the DNS has no key. */
  private static final Duration ABSENCE = Duration.ofMinutes(1);

  private static final Reporters REPORTERS = new Reporters();

  private static JamesServer james;
  private static JmxClient jmx;
  private static WebAdmin webAdmin;

  private Map<String, Long> before = Map.of();

  @BeforeAll
  static void start() {
    webAdmin = new WebAdmin(Ports.anyFree());
    james = JamesServer.start(home("james-second-chance", webAdmin, "example.com"));
    jmx = james.jmx();
    new Administrator(jmx).addUser(RUA, PASSWORD);
  }

  private static JamesHome home(String name, WebAdmin webAdmin, String... domains) {
    JamesHome home =
        JamesHome.create(Build.directory(name), Ports.free(), Build.jarForJames38())
            .withDns(REPORTERS.dns())
            .withWebAdmin(webAdmin.port())
            .serving(domains);
    configure(home, "rejectedProcessor", "tlsrpt-rejected", "tlsrpt-rejected");
    home.edit("mailetcontainer.xml", "memory://var/mail/tlsrpt-", "file://var/mail/tlsrpt-");
    String repositories = "<mailrepositories>";
    home.edit(
        "mailrepositorystore.xml",
        repositories,
        repositories
            + """
            <mailrepository class="org.apache.james.mailrepository.file.FileMailRepository">
              <protocols>
                <protocol>file</protocol>
              </protocols>
            </mailrepository>
            """);
    String chain = "<handlerchain>";
    home.edit(
        "smtpserver.xml", chain, chain + "<handler class=\"io.tlsrpt.mailet.HeaderOctetsHook\"/>");
    return home;
  }

  @AfterAll
  static void stop() {
    jmx.close();
    james.close();
    REPORTERS.close();
  }

  @BeforeEach
  void remember() {
    before = outcomes(jmx);
  }

  @AfterEach
  void repositoriesShouldBeEmpty() {
    assertThat(webAdmin.run(LIST)).isEqualTo(NOTHING);
    assertThat(webAdmin.run(LIST_OF_REJECTED_AGAIN)).isEqualTo(NOTHING);
  }

  @Test
  void mailShouldCountOnceItsDomainIsServed() {
    send(signed("served.example", 5));
    assertGained("unknown-domain", 1);
    awaitKept(LIST, 1);
    String name = rejected("unknown-domain");
    assertThat(webAdmin.run(LIST)).isEqualTo("[\"" + name + "\"]");
    assertThat(webAdmin.runFor(name, ATTRIBUTES))
        .contains("\"sender\":\"tls-reports@reporter.example\"")
        .contains("unknown-domain");

    serve("served.example");
    webAdmin.run(ALL_AGAIN);
    assertGained("unknown-domain", 1, "accepted", 1);

    assertThat(number("served.example", "Reports")).isEqualTo(1);
    assertThat(number("served.example", "SuccessfulSessions")).isEqualTo(5);
    // What counted has gone on, and nothing else has.
    long counted =
        jmx.number(RECEIVER, "ReportsAccepted") + jmx.number(RECEIVER, "ReportsDuplicate");
    new ImapClient(james.ports().imap(), RUA, PASSWORD).await((int) counted);
  }

  @Test
  void mailThatIsJudgedTwiceShouldCountOnce() {
    send(signed("twice.example", 6));
    assertGained("unknown-domain", 1);
    awaitKept(LIST, 1);
    serve("twice.example");
    webAdmin.run(ALL_AGAIN, "&consume=false");
    assertGained("unknown-domain", 1, "accepted", 1);
    webAdmin.run(ALL_AGAIN);
    assertGained("unknown-domain", 1, "accepted", 1, "duplicate", 1);

    assertThat(number("twice.example", "Reports")).isEqualTo(1);
    assertThat(number("twice.example", "SuccessfulSessions")).isEqualTo(6);
  }

  @Test
  void mailShouldCountOnceItsKeyIsPublished() {
    serve("key.example");
    DkimSigner signer = DkimSigner.of("late.example", "late", REPORTERS.key());
    send(Octets.of(signer.sign(report("late.example", "key.example", 7))));
    assertGained("dkim-failed", 1);
    Instant asked = Instant.now();

    // Not yet, and kept for a third chance.
    webAdmin.run(ALL_AGAIN);
    assertGained("dkim-failed", 2);
    assertThat(webAdmin.run(LIST)).isEqualTo(NOTHING);
    awaitKept(LIST_OF_REJECTED_AGAIN, 1);
    webAdmin.run(PUT_BACK);
    awaitKept(LIST, 1);

    REPORTERS.dns().serveText(signer.keyName(), REPORTERS.key().record());
    Waiting.pause(Duration.between(Instant.now(), asked.plus(ABSENCE).plusSeconds(1)));
    webAdmin.run(ALL_AGAIN);
    assertGained("dkim-failed", 2, "accepted", 1);
    assertThat(number("key.example", "SuccessfulSessions")).isEqualTo(7);
  }

  @Test
  void mailsShouldBeJudgedOneByOneOrInPortions() {
    for (int i = 1; i <= 4; i++) {
      send(signed("portions.example", i));
      assertGained("unknown-domain", i);
      awaitKept(LIST, i);
    }
    serve("portions.example");
    webAdmin.runFor(rejected("unknown-domain"), ONE_AGAIN);
    assertGained("unknown-domain", 4, "accepted", 1);
    assertThat(number("portions.example", "SuccessfulSessions")).isEqualTo(4);
    webAdmin.run(ALL_AGAIN, "&limit=2");
    assertGained("unknown-domain", 4, "accepted", 3);
    awaitKept(LIST, 1);
    webAdmin.run(ALL_AGAIN, "&limit=2");
    assertGained("unknown-domain", 4, "accepted", 4);
    assertThat(number("portions.example", "SuccessfulSessions")).isEqualTo(1 + 2 + 3 + 4);
  }

  @Test
  void octetsThatTheHookHasKeptShouldVerify() {
    String mail =
        report("octets.example", "umlaut.example", 8).replace("Subject: ", "Subject: \u00dcber! ");
    send(REPORTERS.signer("octets.example").sign(Octets.of(mail)));
    assertGained("unknown-domain", 1);
    serve("umlaut.example");
    webAdmin.run(ALL_AGAIN);
    assertGained("unknown-domain", 1, "accepted", 1);
    assertThat(number("umlaut.example", "SuccessfulSessions")).isEqualTo(8);
  }

  @Test
  void signatureThatHasExpiredMeanwhileShouldBeRefused() {
    Instant end = Instant.now().plusSeconds(20);
    DkimSigner signer =
        REPORTERS.signer("short.example").withTags("x=" + end.getEpochSecond() + "; ");
    send(Octets.of(signer.sign(report("short.example", "expired.example", 9))));
    assertGained("unknown-domain", 1);
    serve("expired.example");
    Waiting.pause(Duration.between(Instant.now(), end.plusSeconds(2)));
    webAdmin.run(ALL_AGAIN);
    assertGained("unknown-domain", 1, "dkim-failed", 1);
    awaitKept(LIST_OF_REJECTED_AGAIN, 1);
    webAdmin.run(GIVE_UP);
  }

  /** Without the processors, what is rejected lies in the mailbox. */
  @Test
  void copyInTheMailboxShouldCountWhenItIsSentAgain() {
    JamesHome home =
        home("james-second-chance-mailbox", new WebAdmin(Ports.anyFree()), "example.com");
    home.edit("mailetcontainer.xml", "<rejectedProcessor>tlsrpt-rejected</rejectedProcessor>", "");
    try (JamesServer other = JamesServer.start(home);
        JmxClient there = other.jmx()) {
      Administrator administrator = new Administrator(there);
      administrator.addUser(RUA, PASSWORD);
      SmtpClient smtp = new SmtpClient(other.ports().smtp());
      smtp.send("tls-reports@reporter.example", RUA, signed("mailbox.example", 3));
      administrator.awaitReports(1);
      ImapClient rua = new ImapClient(other.ports().imap(), RUA, PASSWORD);
      String copy = rua.inbox(1).getFirst();
      administrator.addDomain("mailbox.example");
      smtp.send("", RUA, copy);
      administrator.awaitReports(2);

      assertThat(outcomes(there)).isEqualTo(Map.of("unknown-domain", 1L, "accepted", 1L));
      rua.await(2);
    }
  }

  /** Such a remedy is a restart of James, which the repositories outlive. */
  @Test
  void mailsShouldCountOnceTheConfigurationIsMended() {
    WebAdmin there = new WebAdmin(Ports.anyFree());
    JamesHome home =
        home(
            "james-second-chance-restart", there, "example.com", "first.example", "second.example");
    configure(home, "maxDomains", "10000", "1");
    configure(home, "maxReportSize", "25 MiB", "1 KiB");
    configure(home, "ignoredReporters", "nuisance.example", "reporter.example");
    try (JamesServer first = JamesServer.start(home);
        JmxClient beans = first.jmx()) {
      new Administrator(beans).addUser(RUA, PASSWORD);
      SmtpClient smtp = new SmtpClient(first.ports().smtp());
      String longText = "\"contact-info\": \"%s\", \"policies\"".formatted("x".repeat(1_000));
      int sent = 0;
      for (byte[] mail :
          List.of(
              signedBy("first.example", report("first.example", "first.example", 1)),
              signedBy("other.example", report("other.example", "second.example", 2)),
              signed("first.example", 3),
              signedBy(
                  "long.example",
                  mail(
                      "long.example",
                      "first.example",
                      json("first.example", 4).replace("\"policies\"", longText))))) {
        smtp.send("tls-reports@reporter.example", RUA, mail);
        new Administrator(beans).awaitReports(++sent);
      }
      assertThat(outcomes(beans))
          .isEqualTo(
              Map.of(
                  "accepted", 1L,
                  "domain-limit", 1L,
                  "reporter-ignored", 1L,
                  "report-too-large", 1L));
    }

    home.edit("mailetcontainer.xml", "<maxDomains>1</maxDomains>", "");
    home.edit("mailetcontainer.xml", "<maxReportSize>1 KiB</maxReportSize>", "");
    home.edit("mailetcontainer.xml", "<ignoredReporters>reporter.example</ignoredReporters>", "");
    try (JamesServer second = JamesServer.start(home);
        JmxClient beans = second.jmx()) {
      there.run(ALL_AGAIN);
      new Administrator(beans).awaitReports(3);

      assertThat(outcomes(beans)).isEqualTo(Map.of("accepted", 3L));
      assertThat(ReportedSums.shown(beans, List.of("first.example", "second.example")))
          .isEqualTo(
              Map.of(
                  "first.example", new ReportedSums(3, 1 + 3 + 4),
                  "second.example", new ReportedSums(1, 2)));
    }
  }

  /** Sets a parameter that the sample has as a comment. */
  private static void configure(JamesHome home, String parameter, String sample, String value) {
    home.edit(
        "mailetcontainer.xml",
        "<!-- <%1$s>%2$s</%1$s> -->".formatted(parameter, sample),
        "<%1$s>%2$s</%1$s>".formatted(parameter, value));
  }

  private static byte[] signed(String domain, int sessions) {
    return signedBy("reporter.example", report("reporter.example", domain, sessions));
  }

  private static byte[] signedBy(String reporter, String mail) {
    return Octets.of(REPORTERS.signer(reporter).sign(mail));
  }

  private static String report(String reporter, String domain, int sessions) {
    return mail(reporter, domain, json(domain, sessions));
  }

  private static String mail(String reporter, String domain, String json) {
    return new ReportMail(reporter, domain).of(Form.MULTIPART_GZIP, json);
  }

  /** The number of sessions is its report-id, too. */
  private static String json(String domain, int sessions) {
    return """
        {"report-id": "%1$d", "policies": [{
          "policy": {"policy-type": "sts", "policy-domain": "%2$s"},
          "summary": {"total-successful-session-count": %1$d}}]}
        """
        .formatted(sessions, domain);
  }

  private static void send(byte[] mail) {
    new SmtpClient(james.ports().smtp()).send("tls-reports@reporter.example", RUA, mail);
  }

  private static void serve(String domain) {
    new Administrator(jmx).addDomain(domain);
  }

  /** Waits until so many reports of this test have been judged, to just that. */
  private void assertGained(Object... outcomesAndCounts) {
    Map<String, Long> expected = new TreeMap<>();
    for (int i = 0; i < outcomesAndCounts.length; i += 2) {
      expected.put((String) outcomesAndCounts[i], ((Integer) outcomesAndCounts[i + 1]).longValue());
    }
    new Administrator(jmx).awaitReports(sum(before) + sum(expected));
    Map<String, Long> gained = outcomes(jmx);
    before.forEach((outcome, count) -> gained.merge(outcome, -count, Long::sum));
    gained.values().removeIf(count -> count == 0);

    assertThat(gained).isEqualTo(expected);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What the reports have come to, without what was never the case. */
  private static Map<String, Long> outcomes(JmxClient jmx) {
    Map<String, Long> outcomes = new TreeMap<>(jmx.counts(RECEIVER, "RejectionsByReason"));
    outcomes.put("accepted", jmx.number(RECEIVER, "ReportsAccepted"));
    outcomes.put("duplicate", jmx.number(RECEIVER, "ReportsDuplicate"));
    outcomes.put("deferred", jmx.number(RECEIVER, "ReportsDeferred"));
    outcomes.values().removeIf(count -> count == 0);
    return outcomes;
  }

  /** A mail is judged a moment before it lies in its repository. */
  private static void awaitKept(String list, int mails) {
    Waiting.until(
        Duration.ofSeconds(20),
        list + ": " + mails,
        () -> webAdmin.run(list).split("\"Mail", -1).length == mails + 1);
  }

  /** The name of the mail that was rejected last. */
  private static String rejected(String reason) {
    return Pattern.compile("TLS report in mail (\\S+) rejected \\(" + reason + "\\)")
        .matcher(james.log())
        .results()
        .map(line -> line.group(1))
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  private static long number(String domain, String attribute) {
    return jmx.number("io.tlsrpt:type=Domain,domain=" + domain, attribute);
  }
}
