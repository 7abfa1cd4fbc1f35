// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.load;

import io.tlsrpt.it.Pace;
import io.tlsrpt.it.Reporters;
import io.tlsrpt.it.SmtpConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * What reports cost other mail: the time from the end of its data to its delivery, ten mails a
 * second one after the other, while nothing else comes, while 50 mails a second end in {@code Null}
 * and while 50 reports a second are counted. Arguments: seconds of a phase, rounds. See README.md.
 */
public final class MailDelay {
  private static final int REPORTS_A_SECOND = 50;
  private static final int OTHERS_A_SECOND = 10;
  private static final int WARM_UP = 5_000;

  private final Map<Variant, LoadedJames> servers = new EnumMap<>(Variant.class);
  private final List<List<Double>> delays = List.of(list(), list(), list());
  private final LoadMails source;
  private int next;

  private MailDelay(LoadMails source) {
    this.source = source;
  }

  private static List<Double> list() {
    return new ArrayList<>();
  }

  /** All rounds. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    int seconds = Integer.parseInt(args[0]);
    try (Reporters reporters = new Reporters()) {
      new MailDelay(new LoadMails(reporters)).run(reporters, seconds, Integer.parseInt(args[1]));
    }
  }

  private void run(Reporters reporters, int seconds, int rounds)
      throws InterruptedException, ExecutionException {
    try {
      for (Variant variant : List.of(Variant.NULL, Variant.WITH_DKIM)) {
        LoadedJames james = LoadedJames.start(variant, reporters, "delay-" + variant.name());
        servers.put(variant, james);
        Sending.of(james, next, WARM_UP, source::good);
        others(james, 100 * OTHERS_A_SECOND, 100, delay -> {});
      }
      next = WARM_UP;
      for (int round = 0; round < rounds; round++) {
        phase(0, Variant.WITH_DKIM, seconds, 0);
        phase(1, Variant.NULL, seconds, REPORTS_A_SECOND);
        phase(2, Variant.WITH_DKIM, seconds, REPORTS_A_SECOND);
      }
      print();
    } finally {
      servers.values().forEach(LoadedJames::close);
    }
  }

  private void phase(int which, Variant variant, int seconds, int reportsASecond)
      throws InterruptedException, ExecutionException {
    LoadedJames james = servers.get(variant);
    int first = next;
    next += seconds * reportsASecond;
    try (ExecutorService sender = Executors.newSingleThreadExecutor()) {
      Future<?> reports =
          sender.submit(() -> reports(james, first, seconds * reportsASecond, reportsASecond));
      others(
          james,
          seconds * OTHERS_A_SECOND,
          OTHERS_A_SECOND,
          micros -> delays.get(which).add(micros / 1e3));
      reports.get();
    }
  }

  private void reports(LoadedJames james, int first, int mails, int aSecond) {
    Pace pace = new Pace(aSecond);
    try (SmtpConnection connection = james.connect()) {
      for (int i = 0; i < mails; i++) {
        byte[] mail = source.good(first + i);
        pace.await(i);
        connection.send(LoadedJames.SENDER, LoadedJames.RUA, mail);
      }
    }
  }

  /** Sends other mails, each when the one before has been delivered. */
  private static void others(LoadedJames james, int mails, int aSecond, IntConsumer delay) {
    Pace pace = new Pace(aSecond);
    try (SmtpConnection connection = james.connect()) {
      for (int i = 0; i < mails; i++) {
        pace.await(i);
        int before = james.deliveries().size();
        Instant sent =
            connection.send(LoadedJames.SENDER, LoadedJames.SOMEBODY, LoadMails.other(i));
        List<Long> after = james.awaitDelivery(before);
        delay.accept((int) (after.get(before) - ChronoUnit.MICROS.between(Instant.EPOCH, sent)));
      }
    }
  }

  private void print() {
    List<String> titles = List.of("nothing", "50 mails a second into Null", "50 reports a second");
    System.out.println("| beside it | other mails | delay, ms: median | quarter to quarter |");
    System.out.println("|---|---|---|---|");
    for (int i = 0; i < titles.size(); i++) {
      List<Double> sorted = delays.get(i).stream().sorted().toList();
      System.out.printf(
          "| %s | %d | %.2f | %.2f–%.2f |%n",
          titles.get(i),
          sorted.size(),
          sorted.get(sorted.size() / 2),
          sorted.get(sorted.size() / 4),
          sorted.get(sorted.size() * 3 / 4));
    }
  }
}
