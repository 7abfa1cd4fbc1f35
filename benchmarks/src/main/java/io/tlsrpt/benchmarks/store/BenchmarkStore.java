// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.store;

import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreOutcome;
import io.tlsrpt.store.StoreRules;
import io.tlsrpt.store.url.DatabaseUrl;
import java.time.InstantSource;
import java.util.List;

/** How a benchmark opens and uses a store, whatever its database. */
public final class BenchmarkStore {
  private static final StoreLimits LIMITS =
      new StoreLimits(
          10_000, new ReporterLimit(200, reporter -> reporter), domain -> DomainStanding.NAMED);

  private BenchmarkStore() {}

  static ReportStore open(String url, Node node) {
    return open(url, node, InstantSource.system());
  }

  /** Opens one whose time is that of a clock. */
  public static ReportStore open(String url, Node node, InstantSource clock) {
    return DatabaseUrl.parse(url)
        .orElseThrow()
        .open(new StoreRules(LIMITS, FailureWindow.DEFAULT, reporter -> true), node, clock);
  }

  /** A store that is out of order would make fast measurements. */
  static void checkAvailable(ReportStore store) {
    if (!(store.health() instanceof StoreHealth.Available)) {
      throw new IllegalStateException(store.health().toString());
    }
  }

  /** Commits reports that the store has not met yet. */
  public static void commit(ReportStore store, List<NewReport> mail) {
    for (StoreOutcome outcome : store.commit(mail)) {
      if (!(outcome instanceof StoreOutcome.Stored)) {
        throw new IllegalStateException(outcome.toString());
      }
    }
  }
}
