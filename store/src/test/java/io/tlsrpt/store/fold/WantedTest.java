// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import static io.tlsrpt.store.StoredReports.DAY;
import static io.tlsrpt.store.StoredReports.RECEIPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.StoredReports;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a database is asked: nothing that the states in memory tell already. */
class WantedTest {
  private static final DomainName DOMAIN = new DomainName("example.com");
  private static final DomainReporter WHOSE =
      new DomainReporter(DOMAIN, new DomainName("good.example"));
  private static final Instant NEXT_RECEIPT = RECEIPT.plus(Duration.ofDays(1));
  private static final LocalDate NEXT_DAY = DAY.plusDays(1);

  /** A reporter of which one report about {@code DAY} came at {@code RECEIPT}. */
  private static final Map<DomainName, DomainState> HEARD =
      Map.of(
          DOMAIN,
          DomainState.of(DOMAIN)
              .plus(
                  report("0", DAY, RECEIPT).contributions().getFirst(),
                  RECEIPT,
                  FailureWindow.DEFAULT));

  @Test
  void reportShouldBeLookedUpByItsIdentityAndWhatItSaysOfEachDomain() {
    NewReport report = StoredReports.report("good.example", "1", RECEIPT, "a.example", "b.example");
    long content = Digests.of(report.content());

    Wanted wanted = Wanted.of(List.of(List.of(report)), Map.of());

    assertThat(wanted.reports()).containsExactly(report);
    assertThat(wanted.contents())
        .containsExactlyInAnyOrder(
            new DomainContent(new DomainName("a.example"), content),
            new DomainContent(new DomainName("b.example"), content));
  }

  @Test
  void firstReportOfAReporterShouldNeedNoMore() {
    Wanted wanted = Wanted.of(List.of(List.of(report("1", DAY, RECEIPT))), Map.of());

    assertThat(wanted.days()).isEmpty();
    assertThat(wanted.details()).isEmpty();
  }

  @Test
  void reportAboutTheNextDayShouldNeedNoMore() {
    Wanted wanted = Wanted.of(List.of(List.of(report("1", NEXT_DAY, NEXT_RECEIPT))), HEARD);

    assertThat(wanted.days()).isEmpty();
    assertThat(wanted.details()).isEmpty();
  }

  @Test
  void secondReportAboutADayShouldBeCounted() {
    Wanted wanted = Wanted.of(List.of(List.of(report("1", DAY, NEXT_RECEIPT))), HEARD);

    assertThat(wanted.days()).containsExactly(new ReporterDay(DAY, WHOSE));
    assertThat(wanted.details()).isEmpty();
  }

  @Test
  void secondReportOfADayOfReceiptShouldShareTheRoomForDetails() {
    Wanted wanted = Wanted.of(List.of(List.of(report("1", NEXT_DAY, RECEIPT))), HEARD);

    assertThat(wanted.days()).isEmpty();
    assertThat(wanted.details()).containsExactly(WHOSE);
  }

  @Test
  void reportWithoutDetailsShouldNeedNoRoom() {
    NewReport report = StoredReports.report("good.example", "1", RECEIPT, "example.com");

    assertThat(Wanted.of(List.of(List.of(report)), HEARD).details()).isEmpty();
    assertThat(Wanted.all(List.of(List.of(report))).details()).isEmpty();
  }

  /** The states tell nothing of the first report when the second one is folded. */
  @Test
  void twoReportsOfOneTransactionShouldBeAskedAbout() {
    Wanted wanted =
        Wanted.of(
            List.of(
                List.of(report("1", DAY, RECEIPT)), List.of(report("2", NEXT_DAY, NEXT_RECEIPT))),
            Map.of());

    assertThat(wanted.days())
        .containsExactlyInAnyOrder(new ReporterDay(DAY, WHOSE), new ReporterDay(NEXT_DAY, WHOSE));
    assertThat(wanted.details()).containsExactly(WHOSE);
  }

  @Test
  void reportThatComesTwiceShouldBeLookedUpOnce() {
    NewReport report = report("1", DAY, RECEIPT);

    assertThat(Wanted.of(List.of(List.of(report, report), List.of(report)), Map.of()).reports())
        .containsExactly(report);
  }

  @Test
  void allShouldBeAskedWithoutStates() {
    Wanted wanted = Wanted.all(List.of(List.of(report("1", DAY, RECEIPT))));

    assertThat(wanted.days()).containsExactly(new ReporterDay(DAY, WHOSE));
    assertThat(wanted.details()).containsExactly(WHOSE);
  }

  private static NewReport report(String id, LocalDate day, Instant receivedAt) {
    return StoredReports.report(
        "good.example",
        id,
        day,
        receivedAt,
        StoredReports.entry(
            "example.com",
            9,
            1,
            StoredReports.failed("certificate-expired", 1, "mx1.example.com")));
  }
}
