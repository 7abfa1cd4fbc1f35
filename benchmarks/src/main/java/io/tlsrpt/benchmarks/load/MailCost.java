// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.load;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.it.Reporters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a report mail costs James: CPU of its process a mail, mails a second, and for what the CPU
 * is used. One server of each {@link Variant} runs throughout and takes the same mails, in turn.
 * Arguments: mails of a round, rounds to warm up, rounds. See README.md.
 */
public final class MailCost {
  /** Sampling costs a little: what is sampled is not what is measured. */
  private static final int SAMPLED_ROUNDS = 5;

  private final Map<Variant, LoadedJames> servers = new EnumMap<>(Variant.class);
  private final Map<Variant, List<Cost>> costs = new EnumMap<>(Variant.class);
  private final Map<Variant, CpuShares> shares = new EnumMap<>(Variant.class);
  private final int mails;
  private int sent;

  private MailCost(int mails) {
    this.mails = mails;
  }

  private record Cost(double cpu, double rate) {}

  /** All rounds. */
  public static void main(String[] args) {
    MailCost cost = new MailCost(Integer.parseInt(args[0]));
    try (Reporters reporters = new Reporters()) {
      cost.run(reporters, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    }
  }

  private void run(Reporters reporters, int warmUp, int rounds) {
    try {
      for (Variant variant : Variant.values()) {
        servers.put(variant, LoadedJames.start(variant, reporters, "load-" + variant.name()));
        costs.put(variant, new ArrayList<>());
      }
      LoadMails source = new LoadMails(reporters);
      for (int round = -warmUp; round < rounds; round++) {
        round(round, source);
      }
      sample(source);
      print();
    } finally {
      servers.values().forEach(LoadedJames::close);
    }
  }

  private void round(int round, LoadMails source) {
    List<byte[]> all = next(mails, source);
    Variant[] variants = Variant.values();
    for (int i = 0; i < variants.length; i++) {
      Variant variant = variants[Math.floorMod(i + round, variants.length)];
      Cost cost = measure(servers.get(variant), all);
      System.err.printf(
          Locale.ROOT, "%d %s %.3f ms, %.0f/s%n", round, variant, cost.cpu, cost.rate);
      if (round >= 0) {
        costs.get(variant).add(cost);
      }
    }
  }

  private List<byte[]> next(int count, LoadMails source) {
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(source.good(sent++));
    }
    return all;
  }

  private void sample(LoadMails source) {
    List<byte[]> all = next(SAMPLED_ROUNDS * mails, source);
    servers.forEach(
        (variant, james) -> {
          james.startSampling();
          Sending.of(james, 0, all.size(), all::get);
          shares.put(variant, james.stopSampling());
        });
  }

  private Cost measure(LoadedJames james, List<byte[]> all) {
    Duration cpu = james.cpu();
    long start = System.nanoTime();
    Sending.of(james, 0, mails, all::get);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Cost(james.cpu().minus(cpu).toNanos() / 1e6 / mails, mails / seconds);
  }

  private void print() {
    System.out.println("| mails end in | CPU, ms a mail | over Null | mails a second |");
    System.out.println("|---|---|---|---|");
    for (Variant variant : Variant.values()) {
      List<Cost> ours = costs.get(variant);
      List<Double> over = new ArrayList<>();
      for (int i = 0; i < ours.size(); i++) {
        over.add(100 * (ours.get(i).cpu / costs.get(Variant.NULL).get(i).cpu - 1));
      }
      System.out.printf(
          "| %s | %s | %s %% | %s |%n",
          variant,
          new Spread(ours.stream().map(Cost::cpu).toList()).format(2),
          new Spread(over).format(0),
          new Spread(ours.stream().map(Cost::rate).toList()).format(0));
    }
    LoadedJames james = servers.get(Variant.WITH_DKIM);
    System.out.println();
    for (String step : List.of("authenticate", "read", "store", "apply")) {
      System.out.printf(Locale.ROOT, "%s: %.2f ms%n", step, james.step(step));
    }
    System.out.printf("accepted %d, of %d%n", james.reports("Accepted"), james.reports("Received"));
    print("Java threads, all", shares -> Map.of("all", shares.total()));
    print("step of the mailet", CpuShares::steps);
    print("whose code it is", CpuShares::owners);
  }

  /** In microseconds a mail, and per cent of all that Java threads do for one that ends in Null. */
  private void print(String title, Function<CpuShares, Map<String, Long>> column) {
    int count = SAMPLED_ROUNDS * mails;
    double whole = micros(requireNonNull(shares.get(Variant.NULL)).total(), count);
    System.out.println();
    System.out.printf("| %s | without DKIM | with DKIM |%n|---|---|---|%n", title);
    Map<String, Long> without = column.apply(requireNonNull(shares.get(Variant.WITHOUT_DKIM)));
    Map<String, Long> with = column.apply(requireNonNull(shares.get(Variant.WITH_DKIM)));
    Set<String> rows = new TreeSet<>(with.keySet());
    rows.addAll(without.keySet());
    for (String row : rows) {
      double first = micros(without.getOrDefault(row, 0L), count);
      double second = micros(with.getOrDefault(row, 0L), count);
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f µs, %.1f %% | %.0f µs, %.1f %% |%n",
          row,
          first,
          100 * first / whole,
          second,
          100 * second / whole);
    }
  }

  private static double micros(long nanos, int mails) {
    return nanos / 1e3 / mails;
  }
}
