// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.load;

import io.tlsrpt.it.Reporters;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Very many mails, good, repeated, forged and hostile, through a real James: what is in memory
 * after each tenth of them, and whether every one of them was counted as what it is. Argument: the
 * number of mails. See README.md.
 */
public final class Soak {
  private static final int LOOKS = 10;

  private Soak() {}

  /** All of them. */
  public static void main(String[] args) {
    int mails = Integer.parseInt(args[0]);
    try (Reporters reporters = new Reporters();
        LoadedJames james = LoadedJames.start(Variant.WITH_DKIM, reporters, "soak")) {
      LoadMails source = new LoadMails(reporters);
      System.out.println("| mails | heap after a collection, MB | database, MB | mails a second |");
      System.out.println("|---|---|---|---|");
      for (int i = 0; i < LOOKS; i++) {
        long start = System.nanoTime();
        Sending.of(james, i * (mails / LOOKS), mails / LOOKS, source::mixed);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            Locale.ROOT,
            "| %,d | %.1f | %.1f | %.0f |%n",
            (i + 1) * (mails / LOOKS),
            james.heap(),
            james.databaseSize(),
            mails / LOOKS / seconds);
      }
      compare(james, mails);
    }
  }

  private static void compare(LoadedJames james, int mails) {
    Map<String, Long> expected =
        IntStream.range(0, mails)
            .mapToObj(LoadMails::expected)
            .collect(Collectors.groupingBy(s -> s, TreeMap::new, Collectors.counting()));
    Map<String, Long> counted = new TreeMap<>(james.rejections());
    counted.put("accepted", james.reports("Accepted"));
    counted.put("duplicate", james.reports("Duplicate"));
    System.out.println();
    System.out.println("counted  " + counted);
    System.out.println("expected " + expected);
    long sum =
        james.reports("Accepted")
            + james.reports("Duplicate")
            + james.reports("Rejected")
            + james.reports("Deferred");
    System.out.printf(
        "received %d, sum of outcomes %d, waiting %d%n",
        james.reports("Received"), sum, james.reports("Deferred"));
    if (!counted.equals(expected) || james.reports("Received") != mails || sum != mails) {
      throw new IllegalStateException("the counts are not those of the mails");
    }
  }
}
