// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What has come of a comparison. */
final class Tally {
  /** More of them would say the same. */
  private static final int MAX_FAILURES = 10;

  private final Map<Change, Integer> good = new EnumMap<>(Change.class);
  private final Map<Change, Integer> bad = new EnumMap<>(Change.class);
  private final Map<Difference, Integer> differences = new EnumMap<>(Difference.class);
  private final List<String> failures = new ArrayList<>();

  void judged(Change change, boolean isGood) {
    (isGood ? good : bad).merge(change, 1, Integer::sum);
  }

  void differs(Difference difference) {
    differences.merge(difference, 1, Integer::sum);
  }

  void fails(String failure) {
    if (failures.size() < MAX_FAILURES) {
      failures.add(failure);
    }
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Mails as they were signed. */
  int mails() {
    return good.getOrDefault(Change.NOTHING, 0);
  }

  /**
   * What the test should have seen and did not: a change that a signature survives, a change that
   * breaks one, a known difference.
   */
  List<String> neverSeen() {
    return Stream.of(
            Arrays.stream(Change.values())
                .filter(change -> !change.breaks())
                .filter(change -> !good.containsKey(change))
                .map(change -> change + " never good"),
            Arrays.stream(Change.values())
                .filter(change -> change != Change.NOTHING && !bad.containsKey(change))
                .map(change -> change + " never bad"),
            Arrays.stream(Difference.values())
                .filter(difference -> !differences.containsKey(difference))
                .map(Enum::name))
        .flatMap(names -> names)
        .toList();
  }

  @Override
  public String toString() {
    return "good: " + good + "\nbad: " + bad + "\ndifferences: " + differences;
  }
}
