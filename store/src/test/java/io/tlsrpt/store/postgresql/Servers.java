// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static io.tlsrpt.store.StoredReports.DAY;
import static io.tlsrpt.store.StoredReports.RECEIPT;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.StoreRules;
import io.tlsrpt.store.StoredReports;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Servers that share a database: a store each, all in this JVM. */
final class Servers implements AutoCloseable {
  static final StoreLimits ROOM = limits(1_000, 200);

  private final String url;
  private final List<PostgresqlReportStore> open = new ArrayList<>();

  Servers(String url) {
    this.url = url;
  }

  static StoreLimits limits(int maxDomains, int maxReporters) {
    return new StoreLimits(
        maxDomains,
        new ReporterLimit(maxReporters, reporter -> reporter),
        domain -> DomainStanding.NAMED);
  }

  PostgresqlReportStore open(String name) {
    return open(name, ROOM);
  }

  PostgresqlReportStore open(String name, StoreLimits limits) {
    return open(new Node(name, Map.of("retention", "PT1000H")), limits, InstantSource.system());
  }

  PostgresqlReportStore open(Node node) {
    return open(node, ROOM, InstantSource.system());
  }

  /** A server whose clock, as far as it is compared with the database's, is this one. */
  PostgresqlReportStore open(String name, InstantSource clock) {
    return open(new Node(name, Map.of("retention", "PT1000H")), ROOM, clock);
  }

  private PostgresqlReportStore open(Node node, StoreLimits limits, InstantSource compared) {
    PostgresqlReportStore store =
        PostgresqlReportStore.open(
            PostgresqlDatabase.parse(url).orElseThrow(),
            new StoreRules(limits, FailureWindow.DEFAULT, reporter -> true),
            node,
            () -> RECEIPT,
            new ClockComparison(compared));
    synchronized (open) {
      open.add(store);
    }
    return store;
  }

  static StoreOutcome commit(ReportStore store, String id, String... domains) {
    return commitFrom(store, "reporter.example", id, domains);
  }

  static StoreOutcome commitFrom(ReportStore store, String reporter, String id, String... domains) {
    return store.commit(List.of(report(reporter, id, domains))).getFirst();
  }

  /** A report whose content no report with another id has. */
  static NewReport report(String reporter, String id, String... domains) {
    return StoredReports.report(
        reporter,
        id,
        DAY,
        RECEIPT,
        Arrays.stream(domains)
            .map(domain -> StoredReports.entry(domain, id.hashCode() & 0xffff, 1))
            .toArray(PolicyResult[]::new));
  }

  static long reports(ReportStore store, String domain) {
    return store.domain(new DomainName(domain)).totals().reports();
  }

  @Override
  public void close() {
    open.forEach(ReportStore::close);
  }
}
