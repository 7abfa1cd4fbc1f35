// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Chooses the failure details to keep, so that no sender can fill heap or disk with them. If there
 * is room for all, all are kept. Otherwise the first detail of each receiving MX comes first, so
 * that no MX is forgotten, and then those with the most sessions. Kept details stay in their order,
 * with texts cut. The choice is repeated while details are added, so that few are held at any time.
 */
public final class DetailSelection {
  /** Most details that are kept of an entry, or of a domain. */
  public static final int MAX = 1_000;

  /** Most octets that the kept details take as JSON: room for hundreds of usual length. */
  public static final int ROOM = 64 << 10;

  /** Most hosts whose first detail is preferred, for each type of failure. */
  public static final int MAX_HOSTS = 20;

  /**
   * Octets of JSON around a detail: brackets, quotes of the result type, two commas, and one for
   * the brackets around the whole array.
   */
  private static final int FRAME = 7;

  /** Quotes and comma. */
  private static final int QUOTES = 3;

  /** The word null, and a comma. */
  private static final int MISSING = 5;

  /**
   * The held details are reduced only when they exceed a limit this many times, so that the cost of
   * sorting is spread over many details.
   */
  private static final int SLACK = 4;

  private List<Weighed> held = new ArrayList<>();
  private int octets;

  DetailSelection() {}

  /**
   * Chooses the details to keep.
   *
   * @param room in octets
   */
  public static List<FailureDetails> of(List<FailureDetails> details, int room) {
    DetailSelection kept = new DetailSelection();
    for (FailureDetails one : details) {
      kept.add(one);
    }
    return kept.within(MAX, room);
  }

  void add(FailureDetails details) {
    add(Weighed.of(details.cut(), Weighed.COUNTED));
  }

  /**
   * Adds details that state no count. Until {@link #share} they are weighed by their placeholder.
   *
   * @param number among such details of the type: that of the first one is 1
   */
  void addCountless(FailureDetails details, int number) {
    add(Weighed.of(details.cut(), number));
  }

  private void add(Weighed one) {
    hold(one);
    if (held.size() >= SLACK * MAX || octets >= SLACK * ROOM) {
      reduceTo(MAX, ROOM);
    }
  }

  private void hold(Weighed one) {
    held.add(one);
    octets += one.octets;
  }

  /** Gives those that state no count their share. */
  void share(Shares shares) {
    List<Weighed> all = held;
    held = new ArrayList<>(all.size());
    octets = 0;
    for (Weighed one : all) {
      hold(one.isCounted() ? one : one.with(shares));
    }
  }

  /** How many octets those that are held take. */
  int octets() {
    return octets;
  }

  /** Chooses the details to keep and drops all others. */
  List<FailureDetails> within(int atMost, int room) {
    if (held.size() > atMost || octets > room) {
      reduceTo(atMost, room);
    }
    List<FailureDetails> details = new ArrayList<>(held.size());
    for (Weighed one : held) {
      details.add(one.details);
    }
    return details;
  }

  /**
   * Keeps the most important details that fit, in their order. A detail that is too large is left
   * out, and smaller ones after it may still fit.
   */
  private void reduceTo(int atMost, int room) {
    List<Weighed> all = held;
    BitSet chosen = new BitSet();
    int left = room;
    for (int position : byImportance(all)) {
      int more = all.get(position).octets;
      if (chosen.cardinality() < atMost && more <= left) {
        chosen.set(position);
        left -= more;
      }
    }
    held = new ArrayList<>();
    octets = 0;
    chosen.stream().forEach(position -> hold(all.get(position)));
  }

  private static List<Integer> byImportance(List<Weighed> all) {
    BitSet first = firstOfEachMx(all);
    Comparator<Integer> order = Comparator.comparing(first::get);
    return IntStream.range(0, all.size())
        .boxed()
        .sorted(
            order
                .thenComparingLong(position -> all.get(position).details.failedSessionCount())
                .reversed())
        .toList();
  }

  private static BitSet firstOfEachMx(List<Weighed> all) {
    BitSet first = new BitSet();
    Map<ResultType, Set<String>> seen = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      FailureDetails one = all.get(i).details;
      Set<String> hosts =
          seen.computeIfAbsent(one.resultType().registeredOrOther(), type -> new HashSet<>());
      if (hosts.size() < MAX_HOSTS && one.failedSessionCount() > 0) {
        Optional<String> host = one.receivingMx();
        first.set(i, host.isPresent() && hosts.add(host.get()));
      }
    }
    return first;
  }

  /**
   * Details and their weight.
   *
   * @param number among those of the type that state no count, or {@link #COUNTED}
   * @param octets what they take as a JSON array in UTF-8 at most
   */
  private record Weighed(FailureDetails details, int number, int octets) {
    static final int COUNTED = 0;

    boolean isCounted() {
      return number == COUNTED;
    }

    Weighed with(Shares shares) {
      long share = shares.of(details.resultType().registeredOrOther(), number);
      return of(details.withCount(share), COUNTED);
    }

    static Weighed of(FailureDetails one, int number) {
      return new Weighed(
          one,
          number,
          FRAME
              + digits(one.failedSessionCount())
              + DetailSelection.octets(one.resultType().value())
              + DetailSelection.octets(one.sendingMtaIp())
              + DetailSelection.octets(one.receivingMxHostname())
              + DetailSelection.octets(one.receivingMxHelo())
              + DetailSelection.octets(one.receivingIp())
              + DetailSelection.octets(one.additionalInformation())
              + DetailSelection.octets(one.failureReasonCode()));
    }
  }

  private static int digits(long count) {
    int digits = 1;
    for (long rest = count / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  private static int octets(Optional<String> text) {
    return text.isPresent() ? QUOTES + octets(text.get()) : MISSING;
  }

  private static int octets(String text) {
    int octets = 0;
    for (int i = 0; i < text.length(); i++) {
      octets += octets(text.charAt(i));
    }
    return octets;
  }

  private static int octets(char c) {
    if (c < ' ') {
      return "\\u0000".length();
    }
    if (c < 0x80) {
      return c == '"' || c == '\\' ? 2 : 1;
    }
    return c < 0x800 ? 2 : 3;
  }
}
