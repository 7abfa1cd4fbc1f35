// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.load;

import io.tlsrpt.it.Reporters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a report mail costs James: CPU of its process a mail, and mails a second. One server of each
 * {@link Variant} runs throughout and takes the same mails, in turn. Arguments: mails of a round,
 * rounds. See README.md.
 */
public final class MailCost {
  private static final int WARM_UP_ROUNDS = 8;

  private final Map<Variant, LoadedJames> servers = new EnumMap<>(Variant.class);
  private final Map<Variant, List<Cost>> costs = new EnumMap<>(Variant.class);
  private final int mails;

  private MailCost(int mails) {
    this.mails = mails;
  }

  private record Cost(double cpu, double rate) {}

  /** All rounds. */
  public static void main(String[] args) {
    MailCost cost = new MailCost(Integer.parseInt(args[0]));
    try (Reporters reporters = new Reporters()) {
      cost.run(reporters, Integer.parseInt(args[1]));
    }
  }

  private void run(Reporters reporters, int rounds) {
    try {
      for (Variant variant : Variant.values()) {
        servers.put(variant, LoadedJames.start(variant, reporters, "load-" + variant.name()));
        costs.put(variant, new ArrayList<>());
      }
      LoadMails source = new LoadMails(reporters);
      for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
        round(round, source);
      }
      print();
    } finally {
      servers.values().forEach(LoadedJames::close);
    }
  }

  private void round(int round, LoadMails source) {
    int first = (round + WARM_UP_ROUNDS) * mails;
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < mails; i++) {
      all.add(source.good(first + i));
    }
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
  }
}
