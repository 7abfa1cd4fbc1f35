// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static io.tlsrpt.figures.FailureKind.CERTIFICATE_EXPIRED;
import static io.tlsrpt.figures.FailureKind.OTHER;
import static io.tlsrpt.figures.FailureKind.TLSA_INVALID;
import static io.tlsrpt.figures.FailureKind.UNSPECIFIED;
import static io.tlsrpt.store.StoredReports.DAY;
import static io.tlsrpt.store.StoredReports.RECEIPT;
import static io.tlsrpt.store.StoredReports.entry;
import static io.tlsrpt.store.StoredReports.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tlsrpt.figures.FailureCounts;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.figures.history.Position;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.ReportsOfDay;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.FailureDetails;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store promises to those who look for some of the reports that it keeps. */
public interface ReportSearchContract {
  DomainName A = new DomainName("a.example");
  DomainName B = new DomainName("b.example");
  DomainName NEVER = new DomainName("never.example");
  DomainName ONE = new DomainName("one.example");
  DomainName TWO = new DomainName("two.example");
  int ALL = 1_000;

  /** A new and empty store. */
  ReportStore store();

  @Test
  default void pagesShouldTogetherBeTheWholeList() {
    try (ReportStore store = store()) {
      commitOfAllSorts(store);
      for (ReportQuery query :
          List.of(
              ReportQuery.newest(ALL),
              ReportQuery.newest(ALL).of(A),
              ReportQuery.newest(ALL).by(ONE),
              ReportQuery.newest(ALL).with(CERTIFICATE_EXPIRED),
              ReportQuery.newest(ALL).failing())) {
        List<StoredReport> whole = read(store, query);
        assertThat(whole)
            .hasSizeGreaterThan(3)
            .extracting(StoredReport::position)
            .doesNotHaveDuplicates()
            .isSortedAccordingTo(Position.NEWEST_FIRST);

        for (int size = 1; size <= 3; size++) {
          assertThat(readInPages(store, query, size))
              .as("%s in pages of %d", query, size)
              .isEqualTo(whole);
        }
      }
    }
  }

  @Test
  default void filterByReporterShouldLetItsReportsThroughAndNoOthers() {
    try (ReportStore store = store()) {
      store.commit(List.of(report("one.example", "1", 0, "a.example", "b.example")));
      store.commit(List.of(report("two.example", "2", 1, "a.example")));
      store.commit(List.of(report("mail.one.example", "3", 2, "a.example")));

      assertThat(lines(store, ReportQuery.newest(ALL).by(ONE)))
          .containsExactlyInAnyOrder("1 a.example", "1 b.example");
      assertThat(lines(store, ReportQuery.newest(ALL).by(TWO))).containsExactly("2 a.example");
      assertThat(lines(store, ReportQuery.newest(ALL).by(ONE).of(B)))
          .containsExactly("1 b.example");
      assertThat(lines(store, ReportQuery.newest(ALL).by(NEVER))).isEmpty();
      assertThat(lines(store, ReportQuery.newest(ALL).by(TWO).of(B))).isEmpty();
      assertThat(lines(store, ReportQuery.newest(ALL).by(TWO).of(NEVER))).isEmpty();
    }
  }

  @Test
  default void filterByKindShouldLetItsFailuresThroughAndNoOthers() {
    try (ReportStore store = store()) {
      FailureDetails[] all =
          Arrays.stream(FailureKind.values())
              .map(kind -> failed(kind.key(), 1, "mx.example"))
              .toArray(FailureDetails[]::new);
      store.commit(
          List.of(
              report("all", DAY, 0, all),
              StoredReports.report("one.example", "none", DAY, RECEIPT, entry("a.example", 5, 0))));
      for (FailureKind kind : FailureKind.values()) {
        store.commit(
            List.of(
                kind == UNSPECIFIED
                    ? StoredReports.report(
                        "one.example", kind.key(), DAY, RECEIPT, entry("a.example", 5, 7))
                    : report(kind.key(), DAY, 0, failed(kind.key(), 7, "mx.example"))));
      }

      for (FailureKind kind : FailureKind.values()) {
        assertThat(lines(store, ReportQuery.newest(ALL).with(kind)))
            .as(kind.key())
            // "unspecified" as a sender's word is a type that the registry lacks.
            .containsExactlyInAnyOrderElementsOf(
                kind == UNSPECIFIED
                    ? List.of("unspecified a.example")
                    : List.of("all a.example", kind.key() + " a.example"));
      }
    }
  }

  @Test
  default void everyCombinationOfConditionsShouldHold() {
    try (ReportStore store = store()) {
      commitOfAllSorts(store);
      List<StoredReport> whole = read(store, ReportQuery.newest(ALL));
      Position middle = whole.get(whole.size() / 2).position();

      for (ReportQuery query : combinations(middle)) {
        assertThat(read(store, query))
            .as(query.toString())
            .isEqualTo(whole.stream().filter(query::accepts).toList());
      }
    }
  }

  @Test
  default void oneReportShouldComeWithAllThatItSays() {
    try (ReportStore store = store()) {
      commitOfAllSorts(store);
      NewReport two =
          StoredReports.report(
              "one.example",
              "two domains",
              DAY,
              RECEIPT,
              entry("b.example", 3, 4, failed("tlsa-invalid", 4, "mx.b.example")),
              entry("a.example", 1, 2, failed("certificate-expired", 2, "mx.a.example")));
      store.commit(List.of(two));
      List<StoredReport> whole = read(store, ReportQuery.newest(ALL));
      long id = number(whole, "two domains");

      List<StoredReport> report = store.report(id);
      assertThat(report)
          .extracting(StoredReport::contribution)
          .containsExactly(two.contributions().get(1), two.contributions().get(0));
      assertThat(report)
          .containsExactlyInAnyOrderElementsOf(
              whole.stream().filter(one -> one.position().report() == id).toList());
      assertThat(report.getFirst().contribution().details()).hasSize(1);
      assertThat(store.report(Long.MAX_VALUE)).isEmpty();
      assertThat(store.report(-1)).isEmpty();
    }
  }

  @Test
  default void deletedReportShouldBeGone() {
    try (ReportStore store = store()) {
      store.commit(List.of(report("one.example", "1", 0, "a.example")));
      long id = number(read(store, ReportQuery.newest(1)), "1");
      store.deleteReports(RECEIPT.plusSeconds(1), 10);

      assertThat(store.report(id)).isEmpty();
      assertThat(store.days(A, LocalDate.EPOCH)).isEmpty();
    }
  }

  @Test
  default void daysShouldBeSumsOfWhatReportsSayOfThem() {
    try (ReportStore store = store()) {
      LocalDate next = DAY.plusDays(1);
      store.commit(
          List.of(
              report("1", DAY, 0, failed("certificate-expired", 2, "mx1")),
              report("2", DAY, 1, failed("certificate-expired", 3, "mx2")),
              report("3", DAY, 2, failed("tlsa-invalid", 4, "mx2")),
              StoredReports.report(
                  "one.example",
                  "4",
                  next.plusDays(1),
                  RECEIPT,
                  entry("a.example", 70, 0),
                  entry("b.example", 9, 0)),
              StoredReports.report("two.example", "5", DAY, RECEIPT, entry("b.example", 8, 0))));

      ReportsOfDay first =
          new ReportsOfDay(
              DAY,
              3,
              new SessionCounts(3, 9),
              FailureCounts.of(Map.of(CERTIFICATE_EXPIRED, 5L, TLSA_INVALID, 4L)));
      ReportsOfDay last =
          new ReportsOfDay(next.plusDays(1), 1, new SessionCounts(70, 0), FailureCounts.NONE);
      assertThat(store.days(A, LocalDate.EPOCH)).containsExactly(first, last);
      assertThat(store.days(A, DAY)).containsExactly(first, last);
      assertThat(store.days(A, next)).containsExactly(last);
      assertThat(store.days(A, next.plusDays(2))).isEmpty();
      assertThat(store.days(B, LocalDate.EPOCH))
          .extracting(ReportsOfDay::day, ReportsOfDay::sessions)
          .containsExactly(
              tuple(DAY, new SessionCounts(8, 0)),
              tuple(next.plusDays(1), new SessionCounts(9, 0)));
      assertThat(store.days(NEVER, LocalDate.EPOCH)).isEmpty();
    }
  }

  /** As figures count days, wherever the sender's midnight is. */
  @Test
  default void reportShouldBelongToTheDayOnWhichItsRangeStarts() {
    try (ReportStore store = store()) {
      store.commit(
          List.of(
              report("last moment", "2026-05-31T23:59:59.999Z", "2026-06-01T23:59:59Z"),
              report("first moment", "2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z"),
              report("sender's midnight", "2026-06-01T22:00:00Z", "2026-06-02T21:59:59Z")));

      assertThat(store.days(A, LocalDate.EPOCH))
          .isEqualTo(
              ReportsOfDay.sums(
                  read(store, ReportQuery.newest(ALL)).stream()
                      .map(StoredReport::contribution)
                      .map(ReportsOfDay::of)
                      .toList()))
          .extracting(ReportsOfDay::day, ReportsOfDay::reports)
          .containsExactly(tuple(DAY.minusDays(1), 1L), tuple(DAY, 2L));
      assertThat(store.days(A, DAY)).extracting(ReportsOfDay::reports).containsExactly(2L);
    }
  }

  /**
   * Equal receipts, receipts in another order than reports, reports of several domains, and domains
   * in another order than their names.
   */
  private static void commitOfAllSorts(ReportStore store) {
    store.commit(List.of(report("two.example", "c", 5, "c.example", "a.example")));
    for (int i = 0; i < 4; i++) {
      String reporter = i % 2 == 0 ? "one.example" : "two.example";
      store.commit(
          List.of(
              report(reporter, "both-" + i, i / 2, "b.example", "a.example"),
              StoredReports.report(
                  reporter,
                  "kinds-" + i,
                  DAY,
                  RECEIPT.plusSeconds(1),
                  entry("a.example", 1, 2, failed("certificate-expired", 2, "mx")),
                  entry("b.example", 1, 1, failed("invented", 1, "mx")),
                  entry("c.example", 1, 0))));
    }
    store.commit(
        List.of(
            StoredReports.report(
                "one.example",
                "details only",
                DAY,
                RECEIPT,
                entry("a.example", 3, 0, failed("tlsa-invalid", 1, "mx")))));
  }

  private static List<ReportQuery> combinations(Position middle) {
    List<ReportQuery> combinations = new ArrayList<>();
    for (Optional<DomainName> domain : choices(A, NEVER)) {
      for (Optional<DomainName> reporter : choices(ONE, NEVER)) {
        for (Optional<FailureKind> kind : choices(CERTIFICATE_EXPIRED, OTHER)) {
          for (Instant since : List.of(Instant.EPOCH, RECEIPT.plusSeconds(1))) {
            for (boolean failing : List.of(false, true)) {
              for (Optional<Position> before :
                  List.of(Optional.<Position>empty(), Optional.of(middle))) {
                combinations.add(
                    new ReportQuery(domain, reporter, kind, since, failing, before, ALL));
              }
            }
          }
        }
      }
    }
    return combinations;
  }

  private static <T> List<Optional<T>> choices(T one, T other) {
    return List.of(Optional.empty(), Optional.of(one), Optional.of(other));
  }

  private static NewReport report(String reporter, String id, int seconds, String... domains) {
    return StoredReports.report(reporter, id, RECEIPT.plusSeconds(seconds), domains);
  }

  private static NewReport report(
      String id, LocalDate day, int seconds, FailureDetails... details) {
    return StoredReports.report(
        "one.example",
        id,
        day,
        RECEIPT.plusSeconds(seconds),
        entry(
            "a.example",
            1,
            Arrays.stream(details).mapToLong(FailureDetails::failedSessionCount).sum(),
            details));
  }

  private static NewReport report(String id, String start, String end) {
    return StoredReports.report(
        "one.example",
        id,
        new DateRange(Instant.parse(start), Instant.parse(end)),
        RECEIPT,
        entry("a.example", 1, 0));
  }

  private static long number(List<StoredReport> reports, String id) {
    return reports.stream()
        .filter(report -> report.reportId().equals(Optional.of(id)))
        .mapToLong(report -> report.position().report())
        .findFirst()
        .orElseThrow();
  }

  private static List<StoredReport> readInPages(ReportStore store, ReportQuery query, int size) {
    ReportQuery page =
        new ReportQuery(
            query.domain(),
            query.reporter(),
            query.kind(),
            query.receivedSince(),
            query.failingOnly(),
            Optional.empty(),
            size);
    List<StoredReport> all = new ArrayList<>();
    List<StoredReport> next = read(store, page);
    while (!next.isEmpty()) {
      all.addAll(next);
      next = read(store, page.before(all.getLast().position()));
    }
    return all;
  }

  private static List<String> lines(ReportStore store, ReportQuery query) {
    return read(store, query).stream()
        .map(report -> report.reportId().orElseThrow() + " " + report.contribution().domain())
        .toList();
  }

  private static List<StoredReport> read(ReportStore store, ReportQuery query) {
    List<StoredReport> reports = new ArrayList<>();
    store.read(query, reports::add);
    return reports;
  }
}
