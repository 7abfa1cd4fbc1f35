// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.jmx;

import static io.tlsrpt.jmx.ShownFigures.DOMAIN;
import static io.tlsrpt.jmx.ShownFigures.details;
import static io.tlsrpt.jmx.ShownFigures.expired;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.receiver.UnknownDomain;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.FailureDetails;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an administrator asks the receiver's bean, through a real connector. */
class QuestionsTest {
  private static final DomainName OTHER = new DomainName("example.org");

  private final ShownFigures figures = new ShownFigures();
  private final RemoteServer remote;

  QuestionsTest() throws IOException {
    remote = new RemoteServer(figures.server);
  }

  @AfterEach
  void close() throws IOException {
    remote.close();
    figures.close();
  }

  @Test
  void reportsShouldBeRowsOfTheirSessionsNewestFirst() throws Exception {
    figures.receive(figures.report(DOMAIN, 90, 10, List.of(expired(7))));
    figures.clock.updateAndGet(now -> now.plusSeconds(60));
    figures.receive(figures.report(OTHER, 5, 0, List.of()));

    CompositeData[] rows = table("reports", "*", 1);

    assertThat(Arrays.stream(rows).map(QuestionsTest::line))
        .containsExactly(
            "example.org success 5",
            "example.com certificate-expired 7",
            "example.com unspecified 3",
            "example.com success 90");
    assertThat(rows[1].getAll(new String[] {"reporter", "policyMode", "receivingMx"}))
        .containsExactly("reporter.example", "enforce", "mx.example.com");
    assertThat(rows[1].getAll(new String[] {"receivingIp", "sendingMtaIp", "failureReasonCode"}))
        .containsExactly("2001:db8::25", "192.0.2.7", "code-1");
    assertThat(rows[1].get("rangeStart"))
        .isEqualTo(Date.from(java.time.Instant.parse("2026-06-01T00:00:00Z")));
    assertThat(rows[1].get("received")).isEqualTo(Date.from(ShownFigures.RECEIVED));
    assertThat(rows[3].get("receivingMx")).isEqualTo("");
  }

  @Test
  void questionsShouldBeAboutOneDomainAndItsLastDays() throws Exception {
    figures.receive(figures.report(DOMAIN, 1, 0, List.of()));
    figures.receive(figures.report(OTHER, 2, 0, List.of()));

    assertThat(table("reports", "EXAMPLE.com.", 1)).hasSize(1);
    figures.clock.updateAndGet(now -> now.plus(Duration.ofDays(1)).plusSeconds(1));
    assertThat(table("reports", "example.com", 1)).isEmpty();
    assertThat(table("reports", "example.com", 2)).hasSize(1);
    assertThat(table("reports", "never.example", 2)).isEmpty();
  }

  @Test
  void failuresShouldLeaveOutWhatDidNotFail() throws Exception {
    figures.receive(figures.report(DOMAIN, 90, 10, List.of(expired(10))));
    figures.receive(figures.report(DOMAIN, 100, 0, List.of()));

    assertThat(Arrays.stream(table("failures", "example.com", 1)).map(QuestionsTest::line))
        .containsExactly("example.com certificate-expired 10");
  }

  @Test
  void failuresWithoutTheirDetailsShouldStillBeRows() throws Exception {
    Contribution contribution =
        figures.report(
            DOMAIN, 90, 12, List.of(expired(7), expired(2), details("new-type", 1, "", "")));
    // As many details as a store keeps of one report.
    figures.receive(
        new Contribution(
            contribution.reporter(),
            contribution.receivedAt(),
            contribution.dateRange(),
            contribution.domain(),
            contribution.headline(),
            contribution.byPolicyKind(),
            contribution.failures(),
            contribution.mode(),
            contribution.details().subList(0, 1)));

    assertThat(Arrays.stream(table("failures", "*", 1)).map(QuestionsTest::line))
        .containsExactly(
            "example.com certificate-expired 7",
            "example.com certificate-expired 2",
            "example.com unspecified 2",
            "example.com other 1");
  }

  @Test
  void tableShouldBeBounded() throws Exception {
    List<FailureDetails> many = Collections.nCopies(800, expired(1));
    figures.receive(figures.report(DOMAIN, 0, 800, many));
    figures.receive(figures.report(DOMAIN, 0, 800, many));

    assertThat(table("failures", "*", 1)).hasSize(1_000);
  }

  @Test
  void textOfASenderShouldBeNothingButData() throws Exception {
    figures.receive(
        figures.report(
            DOMAIN,
            0,
            1,
            List.of(
                details(
                    "<html><b>x",
                    1,
                    "<HTML><img src='http://192.0.2.1/'>",
                    "a\nb\u001b[31m\u202Eevil\uD800" + "y".repeat(400)))));

    CompositeData row = table("failures", "*", 1)[0];
    assertThat(row.get("resultType")).isEqualTo("\\u003chtml>\\u003cb>x");
    assertThat(row.get("receivingMx")).isEqualTo("\\u003cHTML>\\u003cimg src='http://192.0.2.1/'>");
    assertThat((String) row.get("additionalInformation"))
        .startsWith("a\\u000ab\\u001b[31m\\u202eevil\\ud800yyy")
        .hasSizeLessThanOrEqualTo(256)
        .endsWith("…");
    assertThat((String[]) attribute("io.tlsrpt:type=Receiver", "RecentReports"))
        .allSatisfy(line -> assertThat(line).doesNotContain("<", "\n"));
    assertThat(
            (String[])
                attribute(
                    "io.tlsrpt:type=Failure,domain=example.com,resultType=other", "ReceivingMx"))
        .containsExactly("\\u003chtml>\\u003cimg src='http://192.0.2.1/'>");
  }

  @Test
  void recentReportsShouldBeAlignedLinesNewestFirst() throws Exception {
    figures.receive(figures.report(DOMAIN, 90, 7, List.of(expired(7))));
    figures.receive(figures.report(OTHER, 5, 0, List.of()));

    assertThat((String[]) attribute("io.tlsrpt:type=Receiver", "RecentReports"))
        .containsExactly(
            "reporter.example  example.org  enforce  success              5   -               -"
                + "             -          2026-06-01",
            "reporter.example  example.com  enforce  certificate-expired  7   mx.example.com "
                + " 2001:db8::25  192.0.2.7  2026-06-01",
            "reporter.example  example.com  enforce  success              90  -               -"
                + "             -          2026-06-01");
  }

  @Test
  void oneReportShouldNotFillTheRecentOnes() throws Exception {
    List<FailureDetails> many = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      many.add(expired(i));
    }
    figures.receive(figures.report(OTHER, 5, 0, List.of()));
    figures.receive(figures.report(DOMAIN, 0, 5_050, many));

    String[] lines = (String[]) attribute("io.tlsrpt:type=Receiver", "RecentReports");
    assertThat(lines).hasSize(11);
    assertThat(lines[0]).contains(" 100 ");
    assertThat(lines[10]).contains("example.org");
  }

  @Test
  void recentReportsShouldStayWhileTheStoreIsGone() throws Exception {
    figures.receive(figures.report(DOMAIN, 90, 7, List.of(expired(7))));
    Object before = attribute("io.tlsrpt:type=Receiver", "RecentReports");
    figures.receive(figures.report(DOMAIN, 1, 0, List.of()));
    figures.isHistoryGone.set(true);

    assertThat(attribute("io.tlsrpt:type=Receiver", "RecentReports")).isEqualTo(before);
  }

  @Test
  void exportShouldHaveTheNamesOfTheRfc() throws Exception {
    figures.receive(
        figures.report(
            DOMAIN, 90, 7, List.of(details("certificate-expired", 7, "mx.example.com", "<ü>"))));

    assertThat((String) ask("exportJson", "example.com", 1))
        .isEqualTo(
            "{\"exported\":\"2026-06-02T15:00:00Z\",\"received-since\":\"2026-06-01T15:00:00Z\","
                + "\"policy-domain\":\"example.com\",\"complete\":true,\"reports\":["
                + "{\"reporter\":\"reporter.example\",\"report-id\":\"id-0\","
                + "\"received\":\"2026-06-02T15:00:00Z\","
                + "\"date-range\":{\"start-datetime\":\"2026-06-01T00:00:00Z\","
                + "\"end-datetime\":\"2026-06-01T23:59:59Z\"},"
                + "\"policy-domain\":\"example.com\",\"policy-mode\":\"enforce\","
                + "\"summary\":{\"total-successful-session-count\":90,"
                + "\"total-failure-session-count\":7},"
                + "\"summary-by-policy-type\":{\"sts\":{\"total-successful-session-count\":90,"
                + "\"total-failure-session-count\":7}},"
                + "\"failures-by-result-type\":{\"certificate-expired\":7},"
                + "\"failure-details\":[{\"result-type\":\"certificate-expired\","
                + "\"failed-session-count\":7,\"sending-mta-ip\":\"192.0.2.7\","
                + "\"receiving-mx-hostname\":\"mx.example.com\","
                + "\"receiving-ip\":\"2001:db8::25\","
                + "\"additional-information\":\"<\\u00FC>\",\"failure-reason-code\":\"code-1\"}]}]}");
  }

  @Test
  void exportShouldBeBoundedAndSayThatItIsNotAll() throws Exception {
    List<FailureDetails> many =
        Collections.nCopies(500, details("validation-failure", 1, "mx", "x".repeat(255)));
    for (int i = 0; i < 20; i++) {
      figures.receive(figures.report(DOMAIN, 0, 500, many));
    }

    assertThat((String) ask("exportJson", "*", 1))
        .hasSizeBetween(500_000, (1 << 20) + 500)
        .contains("\"complete\":false");
  }

  @Test
  void explainShouldNameCommandsAndTheGroup() throws Exception {
    assertThat((String) ask("explain", " Certificate-Expired "))
        .startsWith("certificate-expired (TLS negotiation)\n\n")
        .contains("openssl s_client", "In James:")
        .doesNotContain("`", "**");
  }

  @Test
  void failureShouldExplainItselfWithItsNamesOnLinesThatFitAWindow() throws Exception {
    figures.receive(figures.report(DOMAIN, 90, 10, List.of(expired(7))));

    String page =
        (String)
            remote
                .connection()
                .invoke(
                    new ObjectName(
                        "io.tlsrpt:type=Failure,domain=example.com,resultType=certificate-expired"),
                    "explain",
                    null,
                    null);

    assertThat(page)
        .startsWith("certificate-expired (TLS negotiation)\n\n")
        .contains("-connect mx.example.com:25", "In James:");
    assertThat(page.lines())
        .filteredOn(line -> line.length() > 120)
        .allMatch(line -> line.matches("(openssl|dig|curl|delv|for) .+|.*'http.+"));
  }

  @ParameterizedTest
  @CsvSource({
    "reports, example.com, 0, days is 0; allowed: days since the reports were received",
    "reports, example.com, 4000, days is 4000",
    "failures, '', 1, domain is ''; allowed: a policy domain",
    "exportJson, <html>, 1, domain is '\\u003chtml>'",
  })
  void badArgumentShouldBeNamedWithWhatIsAllowed(
      String operation, String domain, int days, String message) {
    assertThatExceptionOfType(MBeanException.class)
        .isThrownBy(() -> ask(operation, domain, days))
        .withCauseInstanceOf(IllegalArgumentException.class)
        .withMessageContaining(message);
  }

  @Test
  void argumentOfAnotherTypeShouldBeRefused() {
    assertThatExceptionOfType(MBeanException.class)
        .isThrownBy(() -> ask("reports", "example.com", "many"))
        .withMessageContaining("days is 'many'; allowed: ");
    assertThatExceptionOfType(MBeanException.class)
        .isThrownBy(() -> ask("reports", "example.com", nested(40)))
        .withMessageContaining("days is a java.util.ArrayList; allowed: ");
    assertThatExceptionOfType(MBeanException.class)
        .isThrownBy(() -> ask("reports", "example.com"))
        .withMessageContaining("reports takes 2 arguments");
    assertThatExceptionOfType(MBeanException.class)
        .isThrownBy(() -> ask("explain", "no-such-type"))
        .withMessageContaining("allowed: starttls-not-supported, ");
  }

  /** A list that is small on the wire, but whose text would not fit into memory. */
  private static Object nested(int depth) {
    Object list = new ArrayList<>(List.of(0));
    for (int i = 0; i < depth; i++) {
      list = new ArrayList<>(List.of(list, list));
    }
    return list;
  }

  @Test
  void outageShouldReachTheClientInWordsItCanRead() {
    figures.isHistoryGone.set(true);

    assertThatExceptionOfType(MBeanException.class)
        .isThrownBy(() -> ask("reports", "*", 1))
        .withCauseInstanceOf(IllegalArgumentException.class)
        .withMessageContaining("the reports cannot be read");
  }

  @Test
  void silentAndUnknownDomainsShouldBeNamed() throws Exception {
    figures.neverReported.set(List.of(OTHER, DOMAIN));
    figures.unknownDomains.set(
        Optional.of(new UnknownDomain(OTHER, new DomainName("reporter.example"), 3)).stream()
            .toList());

    assertThat(attribute("io.tlsrpt:type=Receiver", "NeverReported")).isEqualTo(2L);
    assertThat((String[]) ask("neverReported")).containsExactly("example.com", "example.org");
    assertThat(
            (String[])
                remote
                    .connection()
                    .invoke(new ObjectName("io.tlsrpt:type=Receiver"), "neverReported", null, null))
        .hasSize(2);
    assertThat((String[]) attribute("io.tlsrpt:type=Receiver", "UnknownDomains"))
        .containsExactly("example.org: 3, last from reporter.example");
  }

  private CompositeData[] table(String operation, String domain, int days)
      throws JMException, IOException {
    return (CompositeData[]) ask(operation, domain, days);
  }

  private Object ask(String operation, Object... arguments) throws JMException, IOException {
    return remote
        .connection()
        .invoke(
            new ObjectName("io.tlsrpt:type=Receiver"),
            operation,
            arguments,
            Arrays.stream(arguments).map(a -> a.getClass().getName()).toArray(String[]::new));
  }

  private Object attribute(String bean, String name) throws JMException, IOException {
    return remote.connection().getAttribute(new ObjectName(bean), name);
  }

  private static String line(CompositeData row) {
    return row.get("policyDomain") + " " + row.get("resultType") + " " + row.get("sessions");
  }
}
