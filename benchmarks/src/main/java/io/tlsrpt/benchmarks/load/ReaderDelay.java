// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.load;

import io.tlsrpt.benchmarks.load.PageReaders.Page;
import io.tlsrpt.it.Pace;
import io.tlsrpt.it.Ports;
import io.tlsrpt.it.Reporters;
import io.tlsrpt.it.SmtpConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What readers of pages cost reports: the time from the end of a report mail's data until the
 * mailet has let it go on, ten mails a second one after the other, while nobody reads, while ten
 * people read a page of James' that costs nothing, and while they read ours. Phases take turns.
 * Arguments: seconds of a phase, rounds. See README.md.
 */
public final class ReaderDelay {
  private static final int REPORTS_A_SECOND = 10;
  private static final int WARM_UP = 3_000;
  private static final int READERS = 10;

  /** What is read while mails come. */
  private enum Phase {
    NOBODY,
    A_CHEAP_PAGE,
    OUR_PAGES
  }

  private final LoadedJames james;
  private final LoadMails source;
  private final int webAdmin;

  /** The delays of each round. */
  private final Map<Phase, List<List<Double>>> rounds = new EnumMap<>(Phase.class);

  private final List<Page> pages = new ArrayList<>();
  private int next;

  private ReaderDelay(LoadedJames james, LoadMails source, int webAdmin) {
    this.james = james;
    this.source = source;
    this.webAdmin = webAdmin;
  }

  /** All rounds. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    int port = Ports.anyFree();
    try (Reporters reporters = new Reporters();
        LoadedJames james =
            LoadedJames.startWithPages(Variant.COUNTED_AND_GONE, reporters, "reader-delay", port)) {
      new ReaderDelay(james, new LoadMails(reporters), port)
          .run(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    }
  }

  private void run(int seconds, int count) throws InterruptedException, ExecutionException {
    Sending.of(james, 0, WARM_UP, source::good);
    next = WARM_UP;
    for (int round = -1; round < count; round++) {
      for (Phase phase : Phase.values()) {
        List<Double> delays = phase(phase, seconds);
        // The first round warms up.
        if (round >= 0) {
          rounds.computeIfAbsent(phase, its -> new ArrayList<>()).add(delays);
        }
      }
    }
    print();
  }

  private List<Double> phase(Phase which, int seconds)
      throws InterruptedException, ExecutionException {
    try (ExecutorService reading = Executors.newSingleThreadExecutor()) {
      Future<List<Page>> read = reading.submit(() -> read(which, seconds));
      List<Double> delays = reports(seconds * REPORTS_A_SECOND);
      if (which == Phase.OUR_PAGES) {
        pages.addAll(read.get());
      }
      return delays;
    }
  }

  private List<Page> read(Phase which, int seconds)
      throws InterruptedException, ExecutionException {
    return switch (which) {
      case NOBODY -> List.of();
      case A_CHEAP_PAGE -> new PageReaders(webAdmin, PageReaders.CHEAP).read(READERS, seconds);
      case OUR_PAGES -> new PageReaders(webAdmin, PageReaders.PAGES).read(READERS, seconds);
    };
  }

  /** Sends reports, each when the one before has gone on. */
  private List<Double> reports(int mails) {
    List<Double> millis = new ArrayList<>();
    Pace pace = new Pace(REPORTS_A_SECOND);
    try (SmtpConnection connection = james.connect()) {
      for (int i = 0; i < mails; i++) {
        byte[] mail = source.good(next++);
        pace.await(i);
        int before = james.deliveries().size();
        Instant sent = connection.send(LoadedJames.SENDER, LoadedJames.RUA, mail);
        long gone = james.awaitDelivery(before).get(before);
        millis.add((gone - ChronoUnit.MICROS.between(Instant.EPOCH, sent)) / 1e3);
      }
    }
    return millis;
  }

  private void print() {
    System.out.println(
        "| ten people read | reports | delay, ms: median | p99 | p99 of the rounds |");
    System.out.println("|---|---|---|---|---|");
    rounds.forEach(
        (phase, delays) -> {
          List<Double> all = delays.stream().flatMap(List::stream).toList();
          Spread p99 = new Spread(delays.stream().map(round -> percentile(round, 99)).toList());
          System.out.printf(
              "| %s | %d | %.2f | %.2f | %s |%n",
              phase.name().toLowerCase(Locale.ROOT).replace('_', ' '),
              all.size(),
              percentile(all, 50),
              percentile(all, 99),
              p99.format(1));
        });
    List<Double> millis = pages.stream().map(Page::millis).toList();
    System.out.printf(
        "pages: %d, median %.0f ms, p99 %.0f ms; %d answered with 503%n",
        pages.size(),
        percentile(millis, 50),
        percentile(millis, 99),
        pages.stream().filter(Page::busy).count());
  }

  private static double percentile(List<Double> values, int percent) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }
}
