// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.webadmin.SampleFigures.Told;
import io.tlsrpt.webadmin.http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class OverviewTest {
  private final SampleFigures figures = SampleFigures.ofAll();
  private final Asking asking = new Asking(figures);

  @Test
  void worstDomainShouldComeFirst() {
    assertThat(domains("/tlsrpt"))
        .containsExactly(
            "losing.example", "failing.example", "silent.example", "never.example", "fine.example");
  }

  @Test
  void rowShouldSayWhatFailsAndSinceWhen() {
    Element row = asking.page("/tlsrpt").selectFirst("tbody tr");
    assertThat(row).isNotNull();
    assertThat(row.text())
        .isEqualTo(
            "✕ losing mail losing.example enforce 73 16.1\u202f% certificate-expired 2026-11-21"
                + " 6\u202fh ago reports of 21 of 21 days, failures on 4");
    assertThat(row.select("a").attr("href")).isEqualTo("tlsrpt/domains/losing.example");
  }

  @Test
  void domainThatIsKnownForDaneOnlyShouldBeShownSo() {
    figures.add(new Told("bigmail.example", "dane.example", SampleFigures.DANE, 1, 5));
    figures.add(new Told("bigmail.example", "both.example", SampleFigures.DANE, 1, 5));
    figures.add(new Told("officepost.example", "both.example", "testing", 1, 5));
    assertThat(asking.page("/tlsrpt?q=dane").select("tbody td:nth-of-type(2)").text())
        .isEqualTo("DANE, no MTA-STS");
    assertThat(asking.page("/tlsrpt?q=both").select("tbody td:nth-of-type(2)").text())
        .isEqualTo("testing");
    assertThat(asking.get("/tlsrpt?q=dane").body()).contains("\"policyMode\":\"unknown\"");
  }

  @Test
  void timesShouldBeToTheSecondForPrograms() {
    figures.now = SampleFigures.NOW.plusNanos(123_456_789);
    assertThat(asking.get("/tlsrpt").body()).startsWith("{\"time\":\"2026-11-25T09:41:00Z\",");
    assertThat(asking.page("/tlsrpt").select(".note time").attr("datetime"))
        .isEqualTo("2026-11-25T09:41:00Z");
  }

  @Test
  void sentenceShouldSayWhetherAnythingIsWrong() {
    assertThat(lead()).isEqualTo("2 of 5 domains are failing, 1 of them may lose mail.");
  }

  @Test
  void sentenceOfAQuietDayShouldSayHowMany() {
    SampleFigures quiet = new SampleFigures();
    quiet.add(new Told("bigmail.example", "a.example", "none", 1, 5));
    assertThat(text(new Asking(quiet).page("/tlsrpt"), ".lead"))
        .isEqualTo("Nothing fails: 1 domain is fine.");
  }

  @Test
  void firstDayShouldSayWhatToDo() {
    Document page = new Asking(new SampleFigures()).page("/tlsrpt");
    assertThat(text(page, ".lead"))
        .isEqualTo("No report has come yet, and James serves no domain.");
    assertThat(text(page, "pre")).startsWith("_smtp._tls.example.com. TXT \"v=TLSRPTv1;");
  }

  @Test
  void storeThatIsDownShouldBeSaid() {
    figures.storeError = Optional.of("jdbc:sqlite: its disk is full");
    assertThat(text(asking.page("/tlsrpt"), ".problem")).endsWith("its disk is full");
  }

  @Test
  void stateShouldFilterBothWays() {
    assertThat(domains("/tlsrpt?state=silent")).containsExactly("silent.example");
    assertThat(domains("/tlsrpt?state=losing,failing,never,fine"))
        .hasSize(4)
        .doesNotContain("silent.example");
  }

  @Test
  void searchShouldFilterBothWays() {
    assertThat(domains("/tlsrpt?q=ING")).containsExactly("losing.example", "failing.example");
    assertThat(asking.page("/tlsrpt?q=nowhere").text()).contains("No domain is like that.");
  }

  @Test
  void orderShouldBeAsAskedFor() {
    assertThat(domains("/tlsrpt?sort=name")).isSorted().hasSize(5);
    assertThat(domains("/tlsrpt?sort=failed")).startsWith("losing.example", "failing.example");
    assertThat(domains("/tlsrpt?sort=last")).endsWith("silent.example", "never.example");
  }

  @Test
  void pagesShouldLeadThroughAllDomains() {
    List<String> seen = new ArrayList<>();
    String address = "/tlsrpt?limit=2";
    Optional<String> next = Optional.of(address);
    while (next.isPresent()) {
      Document page = asking.page(next.get());
      seen.addAll(names(page));
      next =
          page.select("a[rel=next]").stream()
              .findFirst()
              .map(link -> "/" + link.attr("href").replace("?", "?limit=2&"));
    }
    assertThat(seen).isEqualTo(domains("/tlsrpt"));
  }

  @Test
  void filterOfAStateShouldKeepTheSearch() {
    assertThat(
            asking
                .page("/tlsrpt?q=ing&state=losing")
                .select(".filters a[href*=failing]")
                .attr("href"))
        .isEqualTo("tlsrpt?state=failing&q=ing");
  }

  @Test
  void jsonShouldHaveTheNamesOfTheBeans() {
    String json = asking.get("/tlsrpt?limit=1").body();
    assertThat(json)
        .startsWith("{\"time\":\"2026-11-25T09:41:00Z\",\"total\":5,\"offset\":0,\"limit\":1,")
        .contains("\"states\":{\"losing\":1,\"failing\":1,\"silent\":1,\"never\":1,\"fine\":1}")
        .contains("\"receiver\":{\"state\":\"ok\",\"received\":0,")
        .contains("\"domain\":\"losing.example\",\"state\":\"losing\",\"policyMode\":\"enforce\"")
        .contains("\"failingTypes\":{\"certificate-expired\":73}")
        .contains("{\"day\":\"2026-11-24\",\"failed\":73}")
        .doesNotContain(":null");
  }

  @Test
  void csvShouldHaveARowForEachDomain() {
    Answer answer = asking.browse("/tlsrpt?format=csv");
    assertThat(answer.type()).isEqualTo("text/csv; charset=utf-8");
    assertThat(answer.headers())
        .containsEntry(
            "Content-Disposition", "attachment; filename=\"tls-domains-2026-11-25.csv\"");
    assertThat(answer.body().lines())
        .hasSize(6)
        .anyMatch(
            line ->
                line.startsWith(
                    "losing.example,losing,enforce,false,73,453,0.1611,certificate-expired,"));
  }

  @Test
  void badParametersShouldBeSaid() {
    assertThat(asking.get("/tlsrpt?limit=1001").status()).isEqualTo(400);
    assertThat(asking.get("/tlsrpt?limit=1001").body())
        .isEqualTo(
            "{\"statusCode\":400,\"type\":\"InvalidArgument\",\"message\":\"limit is '1001';"
                + " allowed: a number from 1 to 1000\",\"details\":null}\n");
    assertThat(text(asking.page("/tlsrpt?offset=-1"), ".problem"))
        .isEqualTo("offset is '-1'; allowed: a number from 0 to 20000");
    assertThat(asking.browse("/tlsrpt?format=xml").status()).isEqualTo(400);
  }

  private String lead() {
    return text(asking.page("/tlsrpt"), ".lead");
  }

  private static String text(Document page, String selector) {
    return page.select(selector).text();
  }

  private List<String> domains(String address) {
    return names(asking.page(address));
  }

  private static List<String> names(Document page) {
    return page.select("tbody th").eachText();
  }
}
