// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DomainName;
import io.tlsrpt.webadmin.SampleFigures.Told;
import io.tlsrpt.webadmin.http.Answer;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class OneDomainTest {
  private final SampleFigures figures = SampleFigures.ofAll();
  private final Asking asking = new Asking(figures);

  @Test
  void sentenceShouldSayWhatFailsWhereAndWhoTells() {
    assertThat(page("losing.example").select(".lead").text())
        .isEqualTo(
            "73 of 453 sessions fail (16.1 %), since 2026-11-21: certificate-expired at"
                + " mx2.losing.example, told by bigmail.example and officepost.example. In mode"
                + " enforce senders do not deliver over such sessions: mail is late, then"
                + " returned.");
  }

  @Test
  void cardShouldSayWhatToDoWithTheRealNames() {
    Document page = page("losing.example");
    assertThat(page.select("article h3").eachText())
        .containsExactly("certificate-expired · TLS negotiation");
    assertThat(page.select("article details[open] pre").text())
        .contains("-connect mx2.losing.example:25");
    assertThat(page.select("article dl").text())
        .contains("Failing now 73 sessions", "Since 2026-11-21", "At MX mx2.losing.example");
    assertThat(page.select("article a[href*=domain]").attr("href"))
        .isEqualTo("../../tlsrpt/reports?domain=losing.example&type=certificate-expired");
  }

  @Test
  void daneShouldBeSaidWhereNobodySpeaksOfMtaSts() {
    figures.add(new Told("bigmail.example", "dane.example", SampleFigures.DANE, 1, 5));
    Document page = page("dane.example");
    assertThat(page.select("section:has(h2:contains(MTA-STS)) p").text())
        .startsWith("No reporter has seen an MTA-STS policy; reports are of DANE.");
    assertThat(page.select("section:has(h2:contains(Reporters)) tbody").text())
        .contains("DANE")
        .doesNotContain("unknown");
  }

  @Test
  void whatIsPublishedShouldStandBesideWhatIsReported() {
    figures.postures =
        new OnePosture(
            new DomainName("losing.example"), "mx2.losing.example", "it ended on 2026-11-20");
    Document page = page("losing.example");

    assertThat(page.select("ul.evidence li").text())
        .isEqualTo("confirmed 25 Nov 2026 09:30 UTC: mx2.losing.example: it ended on 2026-11-20");
    assertThat(
            page.select("section:has(h2:contains(published)) tr:has(th:contains(mta-sts))").text())
        .isEqualTo("mta-sts ok");
    assertThat(page.select("section:has(h2:contains(published)) strong").text())
        .isEqualTo("failing");
    assertThat(page.select("section:has(h2:contains(published)) tr:has(th:contains(mx2))").text())
        .startsWith("10 mx2.losing.example ok failing ok ok 2026-11-20")
        .endsWith("certificate: it ended on 2026-11-20");
    assertThat(asking.get("/tlsrpt/domains/losing.example?format=json").body())
        .contains(
            "\"verdict\":\"confirmed\"",
            "\"check\":\"tlsrpt-record\",\"status\":\"ok\"",
            "\"certificateExpires\":\"2026-11-20T00:00:00Z\"");
  }

  @Test
  void domainThatIsNotLookedAtShouldHaveNoSuchPart() {
    Document page = page("losing.example");

    assertThat(page.select("h2").eachText()).doesNotContain("What is published");
    assertThat(page.select("ul.evidence li")).isEmpty();
  }

  @Test
  void failureThatIsOverShouldBeFolded() {
    figures.now = SampleFigures.NOW.plusSeconds(20L * 24 * 3600);
    Document page = page("failing.example");
    assertThat(page.text()).contains("Nothing fails now.");
    assertThat(page.select("section > details > article h3").text())
        .startsWith("starttls-not-supported");
  }

  @Test
  void chartShouldShowEachDayAndItsTableTheSame() {
    Document page = page("losing.example");
    assertThat(page.select("svg.chart g")).hasSize(31);
    assertThat(page.select("svg.chart g title").eachText())
        .contains(
            "2026-11-24: 380 successful, 73 failed",
            "2026-11-20: 380 successful, 0 failed",
            "2026-11-25: no report");
    assertThat(page.select("svg.chart rect.failed")).hasSize(4);
    assertThat(page.select("section:first-of-type tbody tr").eachText().getFirst())
        .isEqualTo("2026-11-24 380 73 2 certificate-expired 73");
  }

  @Test
  void oneFailureAmongMillionsShouldBeSeen() {
    figures.add(
        new Told("bigmail.example", "large.example", "testing", 1, 5_000_000),
        SampleFigures.expired(1));
    assertThat(page("large.example").select("svg.chart rect.failed").attr("height")).isEqualTo("4");
  }

  @Test
  void numberOfDaysShouldBeAsAskedFor() {
    assertThat(asking.page("/tlsrpt/domains/losing.example?days=7").select("svg.chart g"))
        .hasSize(8);
    assertThat(asking.get("/tlsrpt/domains/losing.example?days=401").status()).isEqualTo(400);
  }

  @Test
  void readinessShouldBeSaid() {
    assertThat(page("fine.example").text())
        .contains("By what reports say it is safe to go from testing to enforce.");
    figures.add(new Told("bigmail.example", "new.example", "testing", 1, 5));
    assertThat(page("new.example").select("ul li").eachText())
        .containsExactly(
            "reports for 1 of the last 21 days; 14 are needed",
            "reporters in the last 14 days: 1; 2 are needed");
    assertThat(page("losing.example").text()).doesNotContain("not testing");
  }

  @Test
  void silentReporterShouldBeNamed() {
    Document page = page("silent.example");
    assertThat(page.select(".lead").text())
        .isEqualTo(
            "Nothing fails as far as anybody says, but bigmail.example, usually heard of daily, has"
                + " been silent for 10 days: nobody would tell if something failed.");
    assertThat(page.text()).contains("silent for long");
  }

  @Test
  void domainWithoutReportShouldSayWhatToPublish() {
    Document page = page("never.example");
    assertThat(page.select("pre").eachText())
        .containsExactly(
            "_smtp._tls.never.example. TXT \"v=TLSRPTv1; rua=mailto:tlsrpt@example.com\"",
            "dig +short TXT _smtp._tls.never.example");
  }

  @Test
  void unknownDomainShouldNotBeThere() {
    for (String name : List.of("unknown.example", "not%20a%20name", "%3Cb%3E")) {
      Answer answer = asking.browse("/tlsrpt/domains/" + name);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.body()).contains("Nothing is known of the domain").doesNotContain("<b>");
    }
  }

  @Test
  void jsonShouldHaveAllThatThePageHas() {
    assertThat(asking.get("/tlsrpt/domains/losing.example").body())
        .contains(
            "\"totals\":{\"reports\":60,\"successfulSessions\":11400,\"failedSessions\":264,"
                + "\"byPolicyType\":{\"sts\":{\"successful\":11400,\"failed\":264}}}",
            "{\"day\":\"2026-11-24\",\"successful\":380,\"failed\":73,\"reports\":2,"
                + "\"failures\":{\"certificate-expired\":73}}",
            "\"failures\":[{\"resultType\":\"certificate-expired\",\"group\":\"tls-negotiation\","
                + "\"activeSessions\":73,\"activeSince\":\"2026-11-21\"",
            "\"policy\":{\"mode\":\"enforce\",\"enforceReady\":false,",
            "{\"reporter\":\"bigmail.example\",\"lastHeard\":\"2026-11-25T03:00:00Z\","
                + "\"usualGapDays\":1,\"overdue\":false,\"policyMode\":\"enforce\","
                + "\"newestDay\":\"2026-11-24\",\"successful\":300,\"failed\":45,"
                + "\"failures\":{\"certificate-expired\":45}}")
        .doesNotContain(":null");
  }

  private Document page(String domain) {
    return asking.page("/tlsrpt/domains/" + domain);
  }
}
