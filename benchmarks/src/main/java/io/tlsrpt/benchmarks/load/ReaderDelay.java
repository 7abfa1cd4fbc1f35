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
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What readers of pages cost reports: the time from the end of a report mail's data until the
 * mailet has let it go on, ten mails a second one after the other, while nobody reads and while ten
 * people do. Phases take turns. Arguments: seconds of a phase, rounds. See README.md.
 */
public final class ReaderDelay {
  private static final int REPORTS_A_SECOND = 10;
  private static final int WARM_UP = 3_000;
  private static final List<Integer> READERS = List.of(0, 10);

  private final LoadedJames james;
  private final LoadMails source;
  private final PageReaders readers;
  private final List<List<Double>> delays = List.of(new ArrayList<>(), new ArrayList<>());
  private final List<Page> pages = new ArrayList<>();
  private int next;

  private ReaderDelay(LoadedJames james, LoadMails source, PageReaders readers) {
    this.james = james;
    this.source = source;
    this.readers = readers;
  }

  /** All rounds. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    int port = Ports.anyFree();
    try (Reporters reporters = new Reporters();
        LoadedJames james =
            LoadedJames.startWithPages(Variant.COUNTED_AND_GONE, reporters, "reader-delay", port)) {
      new ReaderDelay(james, new LoadMails(reporters), new PageReaders(port))
          .run(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    }
  }

  private void run(int seconds, int rounds) throws InterruptedException, ExecutionException {
    Sending.of(james, 0, WARM_UP, source::good);
    next = WARM_UP;
    readers.read(READERS.getLast(), seconds);
    for (int round = 0; round < rounds; round++) {
      for (int phase = 0; phase < READERS.size(); phase++) {
        phase(phase, seconds);
      }
    }
    print();
  }

  private void phase(int which, int seconds) throws InterruptedException, ExecutionException {
    try (ExecutorService reading = Executors.newSingleThreadExecutor()) {
      Future<List<Page>> read = reading.submit(() -> readers.read(READERS.get(which), seconds));
      delays.get(which).addAll(reports(seconds * REPORTS_A_SECOND));
      pages.addAll(read.get());
    }
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
    System.out.println("| readers | reports | delay, ms: median | p99 |");
    System.out.println("|---|---|---|---|");
    for (int i = 0; i < READERS.size(); i++) {
      System.out.printf(
          "| %d | %d | %.2f | %.2f |%n",
          READERS.get(i),
          delays.get(i).size(),
          percentile(delays.get(i), 50),
          percentile(delays.get(i), 99));
    }
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
