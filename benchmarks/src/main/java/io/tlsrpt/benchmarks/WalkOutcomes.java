// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.util.Locale;

/** Says what each way makes of each mail; the times, of the best of three, are a hint only. */
final class WalkOutcomes {
  private static final int LONGEST_OUTCOME = 120;

  private WalkOutcomes() {}

  public static void main(String[] args) {
    for (WalkedMail mail : WalkedMail.values()) {
      byte[] octets = mail.octets();
      for (Walker walker : Walker.values()) {
        long best = Long.MAX_VALUE;
        String outcome = "";
        for (int i = 0; i < 3; i++) {
          long start = System.nanoTime();
          outcome = walker.walk(octets).toString();
          best = Math.min(best, System.nanoTime() - start);
        }
        System.out.println(
            String.format(
                Locale.ROOT,
                "%-15s %,10d octets  %-12s %,9d us  %s",
                mail,
                octets.length,
                walker,
                NANOSECONDS.toMicros(best),
                outcome.substring(0, Math.min(outcome.length(), LONGEST_OUTCOME))));
      }
    }
  }
}
