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
 * Arguments: mails of a round, rounds to warm up, rounds, perhaps {@code mailbox} for mails that go
 * on into one. See README.md.
 */
public final class MailCost {
  /** Sampling costs a little: what is sampled is not what is measured. */
  private static final int SAMPLED_ROUNDS = 5;

  private final Map<Variant, LoadedJames> servers = new EnumMap<>(Variant.class);
  private final Map<Variant, List<Cost>> costs = new EnumMap<>(Variant.class);
  private final Map<Variant, CpuShares> shares = new EnumMap<>(Variant.class);
  private final List<Variant> variants;
  private final int mails;
  private int sent;

  private MailCost(List<Variant> variants, int mails) {
    this.variants = variants;
    this.mails = mails;
  }

  private record Cost(double cpu, double rate) {}

  /** All rounds. */
  public static void main(String[] args) {
    boolean goOn = args.length == 4 && args[3].equals("mailbox");
    MailCost cost =
        new MailCost(goOn ? Variant.GOING_ON : Variant.ENDING, Integer.parseInt(args[0]));
    try (Reporters reporters = new Reporters()) {
      cost.run(reporters, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    }
  }

  private void run(Reporters reporters, int warmUp, int rounds) {
    try {
      for (Variant variant : variants) {
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
    for (int i = 0; i < variants.size(); i++) {
      Variant variant = variants.get(Math.floorMod(i + round, variants.size()));
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
    System.out.println("| mails end in | CPU, ms a mail | over the first | mails a second |");
    System.out.println("|---|---|---|---|");
    for (Variant variant : variants) {
      List<Cost> ours = costs.get(variant);
      List<Double> over = new ArrayList<>();
      for (int i = 0; i < ours.size(); i++) {
        over.add(100 * (ours.get(i).cpu / costs.get(variants.getFirst()).get(i).cpu - 1));
      }
      System.out.printf(
          "| %s | %s | %s %% | %s |%n",
          variant,
          new Spread(ours.stream().map(Cost::cpu).toList()).format(2),
          new Spread(over).format(0),
          new Spread(ours.stream().map(Cost::rate).toList()).format(0));
    }
    LoadedJames james = requireNonNull(servers.get(variants.getLast()));
    System.out.println();
    for (String step : List.of("authenticate", "read", "store", "apply")) {
      System.out.printf(Locale.ROOT, "%s: %.2f ms%n", step, james.step(step));
    }
    System.out.printf("accepted %d, of %d%n", james.reports("Accepted"), james.reports("Received"));
    print("Java threads, all", shares -> Map.of("all", shares.total()));
    print("step of the mailet", CpuShares::steps);
    print("whose code it is", CpuShares::owners);
  }

  /** In microseconds a mail, and per cent of all that Java threads do in the first server. */
  private void print(String title, Function<CpuShares, Map<String, Long>> column) {
    int count = SAMPLED_ROUNDS * mails;
    double whole = micros(requireNonNull(shares.get(variants.getFirst())).total(), count);
    System.out.println();
    System.out.printf("| %s | without DKIM | with DKIM |%n|---|---|---|%n", title);
    Map<String, Long> without = column.apply(requireNonNull(shares.get(variants.get(1))));
    Map<String, Long> with = column.apply(requireNonNull(shares.get(variants.getLast())));
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
