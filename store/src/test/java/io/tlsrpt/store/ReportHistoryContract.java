// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static io.tlsrpt.store.StoredReports.DAY;
import static io.tlsrpt.store.StoredReports.RECEIPT;
import static io.tlsrpt.store.StoredReports.entry;
import static io.tlsrpt.store.StoredReports.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.PolicyResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store promises of the reports that it keeps. */
public interface ReportHistoryContract {
  /** A new and empty store. */
  ReportStore store();

  @Test
  default void reportsShouldComeBackAsTheyWereStored() {
    try (ReportStore store = store()) {
      NewReport report =
          StoredReports.report(
              "reporter.example",
              "id-1",
              DAY,
              RECEIPT,
              entry("a.example", 10, 3, failed("certificate-expired", 2, "mx.a.example")));
      store.commit(List.of(report));

      assertThat(read(store, ReportQuery.newest(10)))
          .extracting(StoredReport::reportId, StoredReport::contribution)
          .containsExactly(tuple(Optional.of("id-1"), report.contributions().getFirst()));
    }
  }

  @Test
  default void newestReceiptShouldComeFirst() {
    try (ReportStore store = store()) {
      store.commit(List.of(report("1", 0, entry("a.example", 1, 0), entry("b.example", 1, 0))));
      store.commit(List.of(report("2", 20, entry("a.example", 1, 0))));
      store.commit(List.of(report("3", 10, entry("b.example", 1, 0))));

      assertThat(ids(store, ReportQuery.newest(10)))
          .containsExactly("2 a.example", "3 b.example", "1 b.example", "1 a.example");
      assertThat(ids(store, ReportQuery.newest(2))).containsExactly("2 a.example", "3 b.example");
    }
  }

  @Test
  default void onlyWhatIsAskedForShouldCome() {
    try (ReportStore store = store()) {
      store.commit(List.of(report("1", 0, entry("a.example", 1, 0))));
      store.commit(List.of(report("2", 10, entry("a.example", 1, 2), entry("b.example", 1, 0))));
      store.commit(
          List.of(report("3", 20, entry("a.example", 1, 0, failed("tlsa-invalid", 1, "mx")))));
      DomainName a = new DomainName("a.example");
      DomainName none = new DomainName("none.example");

      assertThat(ids(store, ReportQuery.newest(10).of(a)))
          .containsExactly("3 a.example", "2 a.example", "1 a.example");
      assertThat(ids(store, ReportQuery.newest(10).of(a).failing()))
          .containsExactly("3 a.example", "2 a.example");
      assertThat(ids(store, ReportQuery.newest(10).failing()))
          .containsExactly("3 a.example", "2 a.example");
      assertThat(ids(store, ReportQuery.since(RECEIPT.plusSeconds(10), 10).of(a)))
          .containsExactly("3 a.example", "2 a.example");
      assertThat(ids(store, ReportQuery.newest(10).of(none))).isEmpty();
    }
  }

  @Test
  default void readingShouldEndWhenItIsEnough() {
    try (ReportStore store = store()) {
      store.commit(List.of(report("1", 0, entry("a.example", 1, 0))));
      store.commit(List.of(report("2", 1, entry("a.example", 1, 0))));
      List<String> seen = new ArrayList<>();

      store.read(
          ReportQuery.newest(10),
          report -> {
            seen.add(report.reportId().orElseThrow());
            return false;
          });
      assertThat(seen).containsExactly("2");
    }
  }

  @Test
  default void listenerShouldBeToldOfEveryChangeInOrder() {
    try (ReportStore store = store()) {
      List<String> told = new ArrayList<>();
      store.listen(
          change ->
              told.add(
                  "%s %d > %d"
                      .formatted(
                          change.after().domain(),
                          change.before().totals().reports(),
                          change.after().totals().reports())));
      NewReport first = report("1", 0, entry("a.example", 1, 0));
      store.commit(List.of(first, report("2", 0, entry("a.example", 1, 0)), first));
      store.commit(List.of(report("3", 0, entry("b.example", 1, 0), entry("a.example", 1, 0))));

      assertThat(told)
          .containsExactly(
              "a.example 0 > 1", "a.example 1 > 2", "b.example 0 > 1", "a.example 2 > 3");
    }
  }

  private static NewReport report(String id, int seconds, PolicyResult... entries) {
    return StoredReports.report("reporter.example", id, DAY, RECEIPT.plusSeconds(seconds), entries);
  }

  private static List<String> ids(ReportStore store, ReportQuery query) {
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
