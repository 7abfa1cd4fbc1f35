// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.webadmin.SampleFigures.Told;
import io.tlsrpt.webadmin.http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private final SampleFigures figures = SampleFigures.ofAll();
  private final Asking asking = new Asking(figures);

  @Test
  void rowShouldHaveAllColumnsOfTheTable() {
    Document page = asking.page("/tlsrpt/reports?domain=losing.example&failing=true");
    assertThat(page.select("thead th").eachText())
        .containsExactly(
            "Reporter",
            "Policy domain, mode",
            "Result type",
            "Sessions",
            "Receiving MX",
            "Receiving IP",
            "Sending MTA IP",
            "Days",
            "Received");
    assertThat(page.select("tbody tr").eachText().getFirst())
        .isEqualTo(
            "officepost.example losing.example, enforce certificate-expired 28 mx2.losing.example"
                + " 203.0.113.56 2001:db8::25 2026-11-24 2026-11-25 03:00 UTC");
  }

  @Test
  void failuresOnlyShouldFilterBothWays() {
    assertThat(types("/tlsrpt/reports?failing=true&limit=1000")).doesNotContain("success");
    assertThat(types("/tlsrpt/reports?limit=1000")).contains("success", "certificate-expired");
  }

  @Test
  void typeShouldFilterBothWays() {
    assertThat(types("/tlsrpt/reports?type=certificate-expired"))
        .hasSize(7)
        .containsOnly("certificate-expired");
    assertThat(types("/tlsrpt/reports?type=success&limit=1000"))
        .hasSize(170)
        .containsOnly("success");
  }

  @Test
  void domainReporterAndDaysShouldFilterBothWays() {
    assertThat(column("/tlsrpt/reports?domain=fine.example&limit=1000", "td:nth-child(2)"))
        .hasSize(60)
        .containsOnly("fine.example, testing");
    assertThat(column("/tlsrpt/reports?reporter=officepost.example&limit=1000", "th"))
        .hasSize(63)
        .containsOnly("officepost.example");
    assertThat(column("/tlsrpt/reports?days=2&limit=1000", "td:nth-child(8)"))
        .containsOnly("2026-11-24", "2026-11-23");
  }

  @Test
  void pagesShouldLeadThroughAllReportsOnce() {
    List<String> all = asking.get("/tlsrpt/reports?limit=1000&format=csv").body().lines().toList();
    List<String> seen = new ArrayList<>(all.subList(0, 1));
    Optional<String> next = Optional.of("/tlsrpt/reports?limit=7");
    while (next.isPresent()) {
      String csv = asking.get(next.get() + "&format=csv").body();
      seen.addAll(csv.lines().skip(1).toList());
      next =
          asking.page(next.get()).select("a[rel=next]").stream()
              .findFirst()
              .map(link -> link.attr("href").replace("../tlsrpt", "/tlsrpt"));
    }
    assertThat(seen).isEqualTo(all).hasSizeGreaterThan(170);
  }

  @Test
  void nextPageShouldBeNamedInJsonAndHeader() {
    Answer answer = asking.get("/tlsrpt/reports?limit=1");
    assertThat(answer.body()).contains("\"next\":\"1795575600000-");
    assertThat(answer.headers().get("Link"))
        .startsWith("<../tlsrpt/reports?limit=1&before=1795575600000-")
        .endsWith(">; rel=\"next\"");
    assertThat(asking.get("/tlsrpt/reports?limit=1000").headers()).isEmpty();
  }

  @Test
  void reportOfManyRowsShouldBeCutAndLeadToItsOwnPage() {
    StoredReport report =
        figures.add(
            new Told("bigmail.example", "many.example", "none", 1, 0),
            IntStream.rangeClosed(1, 14)
                .mapToObj(i -> SampleFigures.details("tlsa-invalid", i, "mx" + i + ".example", ""))
                .toList());
    Document page = asking.page("/tlsrpt/reports?domain=many.example");
    assertThat(page.select("tbody tr")).hasSize(11);
    assertThat(page.select("tbody tr").eachText().getLast())
        .isEqualTo("4 further rows of this report");
    String address = "/tlsrpt/reports/" + report.position().report();
    assertThat("/" + page.select("tbody tr:last-of-type a").attr("href").substring(3))
        .isEqualTo(address);
    assertThat(asking.page(address).select("tbody tr")).hasSize(14);
    assertThat(asking.get("/tlsrpt/reports?domain=many.example&format=csv").body().lines())
        .hasSize(15);
  }

  @Test
  void oneReportShouldBeShownEntire() {
    StoredReport report =
        figures.add(
            new Told("bigmail.example", "one.example", "testing", 1, 5),
            List.of(SampleFigures.details("tlsa-invalid", 2, "mx.example", "more of it")));
    String address = "/tlsrpt/reports/" + report.position().report();
    Document page = asking.page(address);
    assertThat(page.select("h1").text()).isEqualTo("Report of bigmail.example");
    assertThat(page.select("tbody tr").eachText().getFirst())
        .isEqualTo(
            "tlsa-invalid 2 mx.example helo.mx.example 203.0.113.56 2001:db8::25 code-7 more of it");
    assertThat(asking.get(address).body())
        .contains("\"reportId\":\"id-170\"", "\"additionalInformation\":\"more of it\"");
  }

  @Test
  void reportThatIsNotThereShouldBeSaid() {
    for (String id : List.of("9999", "x", "99999999999999999999")) {
      assertThat(asking.get("/tlsrpt/reports/" + id).status()).isEqualTo(404);
    }
  }

  @Test
  void badParametersShouldBeSaid() {
    for (String query :
        List.of("days=401", "limit=0", "type=rain", "before=1-2", "domain=a+b", "failing=1")) {
      assertThat(asking.get("/tlsrpt/reports?" + query).status()).as(query).isEqualTo(400);
    }
  }

  private List<String> types(String address) {
    return column(address, "td:nth-child(3)");
  }

  private List<String> column(String address, String selector) {
    return asking.page(address).select("tbody " + selector).eachText();
  }
}
