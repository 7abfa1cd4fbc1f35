// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.DomainTotals;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.RejectionReason;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.ReportOutcome.Rejected;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.Policy;
import io.tlsrpt.report.PolicyDomain;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.PolicyType;
import io.tlsrpt.report.Summary;
import io.tlsrpt.report.TlsReport;
import io.tlsrpt.store.StoreOutcome.AlreadyStored;
import io.tlsrpt.store.StoreOutcome.Refused;
import io.tlsrpt.store.StoreOutcome.Stored;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store promises. */
interface ReportStoreContract {
  int MAX_DOMAINS = 3;
  int MAX_REPORTERS = 20;

  /** A new and empty store for so many domains, and reporters of each. */
  ReportStore store();

  @Test
  default void commitShouldGiveTheStatesAfterTheReport() {
    try (ReportStore store = store()) {
      commit(store, "1", "a.example");
      StoreOutcome second = commit(store, "2", "a.example", "b.example");

      assertThat(second).isInstanceOf(Stored.class);
      assertThat(((Stored) second).states())
          .extracting(state -> state.domain().value(), state -> state.totals().reports())
          .containsExactly(tuple("a.example", 2L), tuple("b.example", 1L));
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
      ReportIdentity identity = new ReportIdentity("1");
      List<Contribution> contributions = contributions(received("a.example", "1", "a.example"));
      store.commit(identity, new ReportContent("x"), contributions);

      assertThat(store.commit(identity, new ReportContent("y"), contributions))
          .isEqualTo(new AlreadyStored(false));
      assertThat(store.commit(identity, new ReportContent("x"), contributions))
          .isEqualTo(new AlreadyStored(true));
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
  default void domainBeyondTheLimitShouldRefuseTheWholeReport() {
    try (ReportStore store = store()) {
      commit(store, "1", "a.example", "b.example");

      StoreOutcome refused = commit(store, "2", "a.example", "c.example", "d.example");
      assertThat(refused)
          .isEqualTo(
              new Refused(
                  new Rejected(
                      RejectionReason.DOMAIN_LIMIT,
                      "d.example would be one more than maxDomains = 3")));
      assertThat(store.domains()).hasSize(2);
      assertThat(totals(store, "a.example").reports()).isEqualTo(1);

      assertThat(commit(store, "3", "a.example", "c.example")).isInstanceOf(Stored.class);
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
  default void refusedReportShouldNotBeRemembered() {
    try (ReportStore store = store()) {
      assertThat(commit(store, "1", "a.example", "b.example", "c.example", "d.example"))
          .isInstanceOf(Refused.class);
      assertThat(commit(store, "1", "a.example", "b.example", "c.example", "d.example"))
          .isInstanceOf(Refused.class);
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

  private static DomainTotals totals(ReportStore store, String domain) {
    return store.domains().stream()
        .filter(state -> state.domain().value().equals(domain))
        .map(DomainState::totals)
        .findFirst()
        .orElseThrow();
  }

  private static StoreOutcome commit(ReportStore store, String id, String... domains) {
    return commitFrom(store, "reporter.example", id, domains);
  }

  private static StoreOutcome commitFrom(
      ReportStore store, String reporter, String id, String... domains) {
    ReceivedReport received = received(reporter, id, domains);
    return store.commit(
        ReportIdentity.of(received), ReportContent.of(received), contributions(received));
  }

  private static ReceivedReport received(String reporter, String id, String... domains) {
    List<PolicyResult> policies = Arrays.stream(domains).map(ReportStoreContract::entry).toList();
    TlsReport report =
        new TlsReport(
            Optional.empty(),
            Optional.of(
                new DateRange(
                    Instant.parse("2026-06-01T00:00:00Z"), Instant.parse("2026-06-01T23:59:59Z"))),
            "",
            Optional.empty(),
            Optional.of(id),
            policies);
    return new ReceivedReport(reporter, Instant.parse("2026-06-02T15:00:00Z"), report);
  }

  private static List<Contribution> contributions(ReceivedReport received) {
    return received.report().policies().stream()
        .map(p -> Contribution.of(received, p.policy().policyDomain().orElseThrow(), List.of(p)))
        .toList();
  }

  private static PolicyResult entry(String domain) {
    return new PolicyResult(
        new Policy(PolicyType.TLSA, List.of(), Optional.of(new PolicyDomain(domain)), List.of()),
        new Summary(10, 1),
        List.of());
  }
}
