// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.DomainTotals;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.figures.receiver.RejectionReason;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.StoreOutcome.AlreadyStored;
import io.tlsrpt.store.StoreOutcome.Refused;
import io.tlsrpt.store.StoreOutcome.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store promises. */
public interface ReportStoreContract {
  int MAX_DOMAINS = 3;
  int MAX_REPORTERS = 20;
  StoreLimits LIMITS =
      new StoreLimits(
          MAX_DOMAINS,
          new ReporterLimit(MAX_REPORTERS, reporter -> reporter),
          domain -> DomainStanding.NAMED);
  Instant RECEIPT = StoredReports.RECEIPT;

  /** A new and empty store with the limits above. */
  ReportStore store();

  @Test
  default void commitShouldGiveTheStatesAfterTheReport() {
    try (ReportStore store = store()) {
      commit(store, "1", "a.example");
      assertThat(commit(store, "2", "a.example", "b.example")).isInstanceOf(Stored.class);

      assertThat(totals(store, "a.example").reports()).isEqualTo(2);
      assertThat(totals(store, "b.example").reports()).isEqualTo(1);
      assertThat(totals(store, "c.example").reports()).isZero();
    }
  }

  @Test
  default void secondArrivalShouldChangeNothing() {
    try (ReportStore store = store()) {
      commit(store, "1", "a.example");

      assertThat(commit(store, "1", "a.example")).isEqualTo(new AlreadyStored(true));
      assertThat(totals(store, "a.example").sessions()).isEqualTo(new SessionCounts(10, 1));
    }
  }

  @Test
  default void secondArrivalShouldTellWhetherItSaysTheSame() {
    try (ReportStore store = store()) {
      NewReport first = report("reporter.example", "1", "a.example");
      NewReport other =
          new NewReport(
              first.identity(),
              report("reporter.example", "1", "b.example").content(),
              first.reportId(),
              first.contributions());
      store.commit(List.of(first));

      assertThat(store.commit(List.of(other))).containsExactly(new AlreadyStored(false));
      assertThat(store.commit(List.of(first))).containsExactly(new AlreadyStored(true));
    }
  }

  @Test
  default void contentUnderAnotherIdShouldBeToldAndCounted() {
    try (ReportStore store = store()) {
      assertThat(contentKnown(commit(store, "1", "a.example"))).isFalse();
      assertThat(contentKnown(commit(store, "2", "a.example"))).isTrue();
      assertThat(contentKnown(commitFrom(store, "other.example", "2", "a.example"))).isFalse();
      assertThat(totals(store, "a.example").reports()).isEqualTo(3);
    }
  }

  private static boolean contentKnown(StoreOutcome outcome) {
    return ((Stored) outcome).contentKnown();
  }

  @Test
  default void domainsShouldBeEmptyAtFirstAndThenHoldEachOnce() {
    try (ReportStore store = store()) {
      assertThat(store.domains()).isEmpty();

      commit(store, "1", "a.example");
      commit(store, "2", "a.example", "b.example");
      assertThat(store.domains()).hasSize(2);
    }
  }

  @Test
  default void domainBeyondTheLimitShouldBeLeftOut() {
    try (ReportStore store = store()) {
      commit(store, "1", "a.example", "b.example");
      Rejected why =
          new Rejected(
              RejectionReason.DOMAIN_LIMIT, "d.example has no place: maxDomains = 3 is reached");

      assertThat(commit(store, "2", "a.example", "c.example", "d.example", "e.example"))
          .isEqualTo(new Stored(false, List.of(why), Set.of()));
      assertThat(store.domains()).hasSize(3);
      assertThat(totals(store, "a.example").reports()).isEqualTo(2);

      // Refused as a whole: there is no place for any of its domains.
      assertThat(commit(store, "3", "d.example")).isEqualTo(new Refused(why));
    }
  }

  @Test
  default void reporterBeyondTheLimitShouldBeRefused() {
    try (ReportStore store = store()) {
      for (int i = 0; i < MAX_REPORTERS; i++) {
        assertThat(commitFrom(store, "r" + i + ".example", "1", "a.example"))
            .isInstanceOf(Stored.class);
      }

      assertThat(commitFrom(store, "one-more.example", "1", "a.example"))
          .isInstanceOfSatisfying(
              Refused.class,
              refused ->
                  assertThat(refused.why().reason()).isEqualTo(RejectionReason.REPORTER_LIMIT));
      assertThat(commitFrom(store, "r0.example", "2", "a.example")).isInstanceOf(Stored.class);
    }
  }

  @Test
  default void reportBeyondTheLimitOfItsDayShouldBeRefused() {
    try (ReportStore store = store()) {
      int most = StoreLimits.REPORTS_OF_A_DAY;
      for (int i = 0; i < most; i++) {
        assertThat(commit(store, "" + i, "a.example")).isInstanceOf(Stored.class);
      }

      assertThat(commit(store, "more", "a.example"))
          .isEqualTo(
              new Refused(
                  new Rejected(
                      RejectionReason.REPORT_LIMIT,
                      "reporter.example has sent 500 reports about a.example and 2026-06-01"
                          + " already")));
      assertThat(commit(store, "other domain, too", "0.example", "a.example"))
          .isInstanceOfSatisfying(
              Stored.class,
              stored ->
                  assertThat(stored.leftOut())
                      .extracting(Rejected::reason)
                      .containsExactly(RejectionReason.REPORT_LIMIT));
      assertThat(totals(store, "0.example").reports()).isEqualTo(1);
      assertThat(commitFrom(store, "other.example", "other reporter", "a.example"))
          .isInstanceOf(Stored.class);
      NewReport otherDay =
          StoredReports.report(
              "reporter.example",
              "other day",
              StoredReports.DAY.minusDays(1),
              RECEIPT,
              StoredReports.entry("a.example", 1, 0));
      assertThat(store.commit(List.of(otherDay)).getFirst()).isInstanceOf(Stored.class);
      assertThat(commit(store, "0", "a.example")).isInstanceOf(AlreadyStored.class);
      assertThat(totals(store, "a.example").reports()).isEqualTo(most + 2);
    }
  }

  @Test
  default void refusedReportShouldNotBeRemembered() {
    try (ReportStore store = store()) {
      commit(store, "1", "a.example", "b.example", "c.example");
      assertThat(commit(store, "2", "d.example")).isInstanceOf(Refused.class);
      assertThat(commit(store, "2", "d.example")).isInstanceOf(Refused.class);
    }
  }

  @Test
  default void everyReportShouldBeCountedOnceWhateverTheThreads() throws Exception {
    int reports = 500;
    try (ReportStore store = store();
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<StoreOutcome>> commits =
          IntStream.range(0, 2 * reports)
              .<Callable<StoreOutcome>>mapToObj(
                  i -> () -> commit(store, String.valueOf(i % reports), "a.example"))
              .toList();
      long stored = 0;
      for (var outcome : threads.invokeAll(commits)) {
        stored += outcome.get() instanceof Stored ? 1 : 0;
      }

      assertThat(stored).isEqualTo(reports);
      assertThat(totals(store, "a.example").reports()).isEqualTo(reports);
    }
  }

  @Test
  default void reportsOfAMailShouldBeCommittedTogetherAndEachOnce() {
    try (ReportStore store = store()) {
      List<StoreOutcome> outcomes =
          store.commit(
              List.of(
                  report("reporter.example", "1", "a.example"),
                  report("reporter.example", "2", "b.example"),
                  report("reporter.example", "1", "a.example")));

      assertThat(outcomes)
          .containsExactly(new Stored(false), new Stored(false), new AlreadyStored(true));
      assertThat(store.domains()).hasSize(2);
    }
  }

  @Test
  default void oldReportsShouldGoInBatchesAndTotalsStay() {
    try (ReportStore store = store()) {
      for (int i = 0; i < 5; i++) {
        commit(store, "" + i, "a.example");
      }

      assertThat(store.deleteReports(RECEIPT, 2)).isZero();
      assertThat(store.deleteReports(RECEIPT.plusMillis(1), 2)).isEqualTo(2);
      assertThat(store.deleteReports(RECEIPT.plusMillis(1), 9)).isEqualTo(3);
      assertThat(store.deleteReports(RECEIPT.plusMillis(1), 9)).isZero();
      assertThat(totals(store, "a.example").reports()).isEqualTo(5);
      assertThat(store.reports()).isZero();
      // A report that comes again is known, though it was deleted.
      assertThat(commit(store, "0", "a.example")).isEqualTo(new AlreadyStored(true));
      assertThat(totals(store, "a.example").reports()).isEqualTo(5);
    }
  }

  @Test
  default void deletedReportsShouldBeKnownUntilTheirRangeIsTooOld() {
    try (ReportStore store = store()) {
      commit(store, "1", "a.example");
      LocalDate lastDay = StoredReports.DAY;
      store.deleteReports(RECEIPT.plusMillis(1), 9);

      assertThat(store.deleteIdentities(lastDay, 9)).isZero();
      assertThat(commit(store, "1", "a.example")).isInstanceOf(AlreadyStored.class);
      assertThat(store.deleteIdentities(lastDay.plusDays(1), 9)).isEqualTo(1);
      assertThat(store.deleteIdentities(lastDay.plusDays(1), 9)).isZero();
      assertThat(commit(store, "1", "a.example")).isInstanceOf(Stored.class);
    }
  }

  @Test
  default void deletedReportWithoutARangeShouldBeKnownForEver() {
    try (ReportStore store = store()) {
      NewReport undated = undated("1", RECEIPT);
      store.commit(List.of(undated));
      store.deleteReports(RECEIPT.plusMillis(1), 9);

      assertThat(store.deleteIdentities(LocalDate.parse("2099-01-01"), 9)).isZero();
      assertThat(store.commit(List.of(undated))).containsExactly(new AlreadyStored(true));
    }
  }

  static NewReport undated(String id, Instant receivedAt) {
    return new PlainReport(
            "reporter.example",
            Optional.of(id),
            Optional.empty(),
            List.of(new PlainReport.Entry("a.example", "sts", "testing", 1, 0, List.of())))
        .receivedAt(receivedAt);
  }

  @Test
  default void timeShouldBeToldByTheRangesThatAreStated() {
    try (ReportStore store = store()) {
      Instant ahead = RECEIPT.plus(Duration.ofDays(500));
      store.commit(List.of(undated("1", ahead)));
      assertThat(store.latestRangeEnd()).isEmpty();

      commit(store, "2", "a.example");
      store.commit(List.of(undated("3", ahead)));
      assertThat(store.latestRangeEnd()).hasValue(Instant.parse(StoredReports.DAY + "T23:59:59Z"));
    }
  }

  @Test
  default void receiptsThatLieAheadShouldBeNow() {
    try (ReportStore store = store()) {
      Instant ahead = RECEIPT.plus(Duration.ofDays(500));
      store.commit(List.of(StoredReports.report("reporter.example", "1", ahead, "a.example")));
      assertThat(store.lastReceipt()).isEqualTo(ahead);

      store.believe(RECEIPT);

      assertThat(store.lastReceipt()).isEqualTo(RECEIPT);
      assertThat(totals(store, "a.example").lastReportTime()).hasValue(RECEIPT);
      assertThat(totals(store, "a.example").reports()).isEqualTo(1);
    }
  }

  @Test
  default void oldFailuresAndDomainsOfOthersShouldBeForgotten() {
    try (ReportStore store = store()) {
      commit(store, "1", "a.example", "b.example");
      assertThat(store.domain(domain("a.example")).failures()).containsKey(FailureKind.UNSPECIFIED);

      assertThat(
              store.forget(
                  Instant.parse("2026-06-01T23:00:00Z"), RECEIPT, d -> DomainStanding.NOT_OURS))
          .isEmpty();
      assertThat(
              store.forget(
                  Instant.parse("2026-06-03T00:00:00Z"),
                  RECEIPT,
                  domain ->
                      domain.value().equals("a.example")
                          ? DomainStanding.NAMED
                          : DomainStanding.NOT_OURS))
          .containsExactlyInAnyOrder(domain("a.example"), domain("b.example"));
      assertThat(store.domain(domain("a.example")).failures()).isEmpty();
      assertThat(store.domain(domain("a.example")).reporters()).isEmpty();
      assertThat(totals(store, "a.example").failures().sum()).isEqualTo(1);
      assertThat(store.domains()).hasSize(1);
    }
  }

  @Test
  default void pastOfAnotherDatabaseShouldBeAddedOnce() {
    DomainState past = past("a.example");
    DomainState pastOfAnew = past("new.example");
    try (ReportStore store = store()) {
      commit(store, "1", "a.example");
      long reports = totals(store, "a.example").reports();

      store.addImport("file", RECEIPT, List.of(past, pastOfAnew));
      store.addImport("file", Instant.EPOCH, List.of(past, pastOfAnew));
      store.addImport("another", Instant.EPOCH, List.of());

      assertThat(store.imports()).isEqualTo(Map.of("file", RECEIPT, "another", Instant.EPOCH));
      assertThat(totals(store, "a.example").reports()).isEqualTo(reports + 2);
      assertThat(totals(store, "new.example").reports()).isEqualTo(2);
      assertThat(store.domain(domain("new.example")).failures().get(FailureKind.UNSPECIFIED))
          .isEqualTo(pastOfAnew.failures().get(FailureKind.UNSPECIFIED));

      commit(store, "2", "a.example", "new.example");
      assertThat(totals(store, "a.example").reports()).isEqualTo(reports + 3);
      assertThat(totals(store, "new.example").reports()).isEqualTo(3);
      assertThat(totals(store, "new.example").sessions()).isEqualTo(new SessionCounts(30, 3));
    }
  }

  /** What a database knows that has had two reports, and keeps none of them. */
  private static DomainState past(String name) {
    DomainState state = DomainState.of(domain(name));
    for (String id : List.of("8", "9")) {
      state =
          state.plus(
              report("reporter.example", id, name).contributions().getFirst(),
              RECEIPT,
              FailureWindow.DEFAULT);
    }
    return state.past(DomainState.of(domain(name)), RECEIPT.minusSeconds(1));
  }

  @Test
  default void deletedReportsOfAnotherDatabaseShouldBeRecognised() {
    NewReport deleted = report("reporter.example", "1", "a.example");
    NewReport undated = report("reporter.example", "2", "a.example");
    NewReport unknown = report("reporter.example", "3", "a.example");
    LocalDate day = LocalDate.of(2026, 6, 1);
    try (ReportStore store = store()) {
      store.addDeleted(
          List.of(
              new DeletedReport(deleted.identity(), Optional.of(day)),
              new DeletedReport(undated.identity(), Optional.empty())));
      store.addDeleted(List.of(new DeletedReport(deleted.identity(), Optional.of(day))));

      assertThat(store.known(List.of(deleted.identity(), unknown.identity()))).isEqualTo(1);
      assertThat(store.commit(List.of(deleted, undated, unknown)))
          .containsExactly(new AlreadyStored(true), new AlreadyStored(true), new Stored(false));
      assertThat(store.known(List.of(deleted.identity(), unknown.identity()))).isEqualTo(2);
      assertThat(store.deleteIdentities(day.plusDays(1), 10)).isEqualTo(1);
    }
  }

  private static DomainTotals totals(ReportStore store, String domain) {
    return store.domain(domain(domain)).totals();
  }

  private static DomainName domain(String name) {
    return new DomainName(name);
  }

  private static StoreOutcome commit(ReportStore store, String id, String... domains) {
    return commitFrom(store, "reporter.example", id, domains);
  }

  private static StoreOutcome commitFrom(
      ReportStore store, String reporter, String id, String... domains) {
    return store.commit(List.of(report(reporter, id, domains))).getFirst();
  }

  private static NewReport report(String reporter, String id, String... domains) {
    return StoredReports.report(reporter, id, RECEIPT, domains);
  }
}
