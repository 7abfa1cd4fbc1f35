// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.receiver.DeferralReason;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.figures.receiver.UnknownDomain;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.view.RejectedMail;
import io.tlsrpt.view.WaitingMail;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class ReceiverHealthTest {
  private final SampleFigures figures = SampleFigures.ofAll();
  private final Asking asking = new Asking(figures);

  @Test
  void lawShouldBeASentence() {
    take(new ReportOutcome.Accepted(Deviations.NONE));
    take(new ReportOutcome.Duplicate(Deviations.NONE));
    take(new ReportOutcome.Rejected(RejectionReason.DKIM_MISSING, "no signature"));
    assertThat(page().select(".lead").text())
        .isEqualTo("3 reports received = 1 counted + 1 seen before + 1 rejected + 0 waiting");
  }

  @Test
  void reasonsShouldBeExplained() {
    take(new ReportOutcome.Rejected(RejectionReason.UNKNOWN_DOMAIN, "x"));
    assertThat(page().select("article").text())
        .startsWith("unknown-domain · 1 None of the report's domains is served here")
        .contains("What to do: the log names five of the domains");
  }

  @Test
  void lastRejectionsShouldBeListed() {
    figures.rejections.add(
        new RejectedMail(
            SampleFigures.NOW, "Mail17-1", RejectionReason.DKIM_FAILED, "bad <b>signature</b>"));
    assertThat(page().select("section:contains(Last rejections) tbody tr").text())
        .isEqualTo("2026-11-25 09:41 UTC Mail17-1 dkim-failed bad \\u003cb>signature\\u003c/b>");
    assertThat(json())
        .contains(
            "\"rejections\":[{\"time\":\"2026-11-25T09:41:00Z\",\"mail\":\"Mail17-1\","
                + "\"reason\":\"dkim-failed\"");
  }

  @Test
  void whatWaitsShouldBeListed() {
    figures.waiting.add(
        new WaitingMail(
            SampleFigures.NOW, "Mail18", DeferralReason.DNS, SampleFigures.NOW.plusSeconds(60), 3));
    assertThat(page().select("section:contains(Waiting) tbody tr").text())
        .isEqualTo(
            "2026-11-25 09:41 UTC Mail18 the key of its signature (dns) 2026-11-25 09:42 UTC 3");
    assertThat(json())
        .contains("\"reason\":\"dns\",\"nextTry\":\"2026-11-25T09:42:00Z\",\"tries\":3");
  }

  @Test
  void domainsThatWantSomethingShouldBeListed() {
    figures.unknownDomains.add(
        new UnknownDomain(new DomainName("ours.example"), new DomainName("bigmail.example"), 2));
    Document page = page();
    assertThat(page.select("section:contains(Refused domains) tbody tr").text())
        .isEqualTo("ours.example bigmail.example 2");
    assertThat(page.select("section:contains(without any report) li").text())
        .isEqualTo("never.example");
  }

  @Test
  void storeThatIsDownShouldBeSaid() {
    figures.storeError = Optional.of("its disk is full");
    assertThat(page().select(".problem").text()).endsWith("until they can: its disk is full");
    assertThat(json()).contains("\"state\":\"store-down\"", "\"storeError\":\"its disk is full\"");
  }

  @Test
  void receiverThatDoesNotRunShouldSayWhatToDo() {
    Asking none = Asking.withoutReceiver();
    assertThat(none.browse("/tlsrpt").status()).isEqualTo(503);
    assertThat(none.page("/tlsrpt").select("pre").text()).contains("TlsReportMailet");
    assertThat(none.get("/tlsrpt/reports").body()).isEqualTo("{\"state\":\"not-configured\"}\n");
  }

  @Test
  void otherAddressesShouldNotBeThere() {
    for (String address :
        new String[] {"/tlsrpt/nothing", "/tlsrpt/domains", "/tlsrpt/reports/1/2"}) {
      assertThat(asking.get(address).status()).as(address).isEqualTo(404);
    }
  }

  private void take(ReportOutcome outcome) {
    figures.receiver = figures.receiver.plus(outcome, SampleFigures.NOW);
  }

  private Document page() {
    return asking.page("/tlsrpt/receiver");
  }

  private String json() {
    return asking.get("/tlsrpt/receiver").body();
  }
}
