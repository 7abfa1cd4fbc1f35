// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.pages;

import io.tlsrpt.benchmarks.StoredReports;
import io.tlsrpt.benchmarks.Timings;
import io.tlsrpt.benchmarks.jmx.ExporterBeans;
import io.tlsrpt.benchmarks.jmx.MetricsAnswer;
import io.tlsrpt.benchmarks.jmx.ScaledStates;
import io.tlsrpt.benchmarks.store.BenchmarkStore;
import io.tlsrpt.benchmarks.store.ScratchDirectory;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.store.Node;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.view.FiguresSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Pages, JSON and metrics of many domains, and the page of a domain with many reports in a
 * database, without the server that sends them. Arguments: domains; reporters of the one domain,
 * and its days. See README.md.
 */
public final class PagesScale {
  private static final int AT_ONCE = 1_000;
  private static final int FAILURE_DETAILS = 3;

  private PagesScale() {}

  /** All of them. */
  public static void main(String[] args) throws Exception {
    System.out.println(PageSample.HEAD);
    ScaledStates states = new ScaledStates(Integer.parseInt(args[0]));
    FiguresSource many = ExporterBeans.lookedAt(states);
    System.out.println(new PageSample(many, "/tlsrpt", true).row());
    System.out.println(new PageSample(many, "/tlsrpt", false).row());
    System.out.println(new PageSample(many, "/tlsrpt?limit=1000", true).row());
    oneDomain(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    metrics("metrics", many);
    metrics("metrics without checks", ExporterBeans.source(states));
  }

  private static void metrics(String what, FiguresSource source) throws Exception {
    MetricsAnswer metrics = new MetricsAnswer(source);
    System.out.printf(
        "%s: %s ms, %.0f MB allocated%n", what, Timings.of(metrics), metrics.garbage() / 1e6);
  }

  private static void oneDomain(int reporters, int days) throws Exception {
    StoredReports reports = new StoredReports(1, reporters, FAILURE_DETAILS);
    long all = (long) reporters * days;
    Instant now = reports.receipt(all);
    ScratchDirectory directory = ScratchDirectory.make();
    try (ReportStore store =
        BenchmarkStore.open(directory.url("NORMAL"), Node.ALONE, InstantSource.fixed(now))) {
      fill(store, reports, all);
      DomainState state = store.domains().iterator().next();
      FiguresSource source =
          new ExporterBeans(Map.of(state.domain(), state), now, store, Postures.NONE);
      String page = "/tlsrpt/domains/" + state.domain().value();
      System.out.println(new PageSample(source, page, true).row());
      System.out.println(new PageSample(source, page + "?days=400", true).row());
      System.out.println(new PageSample(source, page + "?days=400", false).row());
      System.out.println(new PageSample(source, "/tlsrpt/reports", true).row());
    } finally {
      directory.delete();
    }
  }

  private static void fill(ReportStore store, StoredReports reports, long all) {
    for (long first = 0; first < all; first += AT_ONCE) {
      BenchmarkStore.commit(store, reports.reports(first, (int) Math.min(AT_ONCE, all - first)));
    }
  }
}
