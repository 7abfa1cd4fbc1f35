// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.store.NewReport;
import io.tlsrpt.store.fold.Digests;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the servers of a {@link Chaos} have said of one round. By several threads. */
final class Told {
  private final List<List<NewReport>> mails;
  private final Map<String, Integer> stored = new HashMap<>();
  private final Set<String> known = new HashSet<>();
  private final Map<String, Integer> outages = new TreeMap<>();
  private int duplicates;

  Told(List<List<NewReport>> mails) {
    this.mails = mails;
  }

  /** Takes a line of {@link ChaosNode}. */
  synchronized void hear(String line) {
    String[] words = line.split(" ", 3);
    switch (words[0]) {
      case "told" -> outcomes(mails.get(Integer.parseInt(words[1])), words[2]);
      case "outage" -> outages.merge(why(line), 1, Integer::sum);
      default -> throw new AssertionError(line);
    }
  }

  /** Without the server's address, in which each round differs. */
  private static String why(String outage) {
    return outage.replaceFirst("outage PostgreSQL at [^ ]*: ", "");
  }

  private void outcomes(List<NewReport> mail, String letters) {
    for (int i = 0; i < mail.size(); i++) {
      String identity = Digests.hex(mail.get(i).identity());
      known.add(identity);
      if (letters.charAt(i) == 'S') {
        stored.merge(identity, 1, Integer::sum);
      } else {
        duplicates++;
      }
    }
  }

  /**
   * Compares it with what is in the database. A report need not have been told as stored: the reply
   * may have been lost, or the server killed before it could tell.
   */
  synchronized void check(Truth truth) {
    assertThat(stored)
        .as("how often a report was told as stored")
        .allSatisfy((identity, times) -> assertThat(times).isEqualTo(1));
    assertThat(truth.reports()).as("reports that were told as stored").containsAll(stored.keySet());
    assertThat(known).as("reports of which something was told").hasSameElementsAs(truth.reports());
    // Class 40: a deadlock, or that another server was faster. It should have been done again.
    assertThat(outages.keySet()).as("why mails had to wait").noneMatch(why -> why.contains("(40"));
  }

  @Override
  public synchronized String toString() {
    return "%d reports, of which %d were told as stored; %d duplicates; commits that had to wait: %s"
        .formatted(known.size(), stored.size(), duplicates, outages);
  }
}
