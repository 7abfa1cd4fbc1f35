// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Held against the plain list of all details. */
class ReportedFailuresTest {
  private static final List<String> TYPES =
      List.of("certificate-expired", "tlsa-invalid", "other", "new-one", "unspecified", "");

  @Property(tries = 300)
  void sumsShouldBeThoseOfAllDetails(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5_000) int size) {
    List<FailureDetails> all = details(new Random(seed), size, 20);
    ReportedFailures failures = ReportedFailures.of(all);

    assertThat(failures.details()).isEqualTo(size);
    assertThat(failures.sum())
        .isEqualTo(all.stream().mapToLong(FailureDetails::failedSessionCount).sum());
    assertThat(failures.sessions())
        .isEqualTo(
            all.stream()
                .collect(
                    groupingBy(
                        one -> one.resultType().registeredOrOther(),
                        summingLong(FailureDetails::failedSessionCount))));
  }

  @Property(tries = 300)
  void fewShouldBeKeptInTheirOrderAndWithEachMx(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5_000) int size,
      @ForAll @IntRange(min = 1, max = 60) int longest) {
    List<FailureDetails> all = details(new Random(seed), size, longest);
    List<FailureDetails> kept = ReportedFailures.of(all).kept();

    assertThat(all).containsSubsequence(kept);
    assertThat(kept).hasSizeLessThanOrEqualTo(DetailSelection.MAX);
    assertThat(octets(kept)).isLessThanOrEqualTo(DetailSelection.ROOM);
    assertThat(hosts(kept)).isEqualTo(hosts(all));
    if (size <= DetailSelection.MAX && octets(all) <= DetailSelection.ROOM) {
      assertThat(kept).isEqualTo(all);
    }
  }

  @Property(tries = 100)
  void roomShouldHoldWhateverASenderWrites(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 500) int size) {
    Random random = new Random(seed);
    List<FailureDetails> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String text = Character.toString(random.nextInt(0x11000)).repeat(random.nextInt(400));
      all.add(detail(text, text, random.nextLong(5), text));
    }

    List<FailureDetails> kept = ReportedFailures.of(all).kept();
    assertThat(octets(kept)).isLessThanOrEqualTo(DetailSelection.ROOM);
    assertThat(kept)
        .isNotEmpty()
        .allSatisfy(
            one -> {
              assertThat(one.resultType().value()).hasSizeLessThanOrEqualTo(255);
              assertThat(one.receivingMxHostname().orElse("")).hasSizeLessThanOrEqualTo(255);
            });
  }

  @Example
  void thoseWithTheMostSessionsShouldBeKept() {
    List<FailureDetails> all =
        IntStream.range(0, 10_000)
            .mapToObj(i -> detail("certificate-expired", i % 2 == 0 ? "mx1" : "MX2.", i, ""))
            .toList();

    List<FailureDetails> expected = new ArrayList<>(all.subList(1, 3));
    expected.addAll(all.subList(10_000 - (DetailSelection.MAX - 2), 10_000));
    assertThat(DetailSelection.of(all, Integer.MAX_VALUE)).isEqualTo(expected);
    assertThat(ReportedFailures.of(all).kept())
        .isEqualTo(DetailSelection.of(all, DetailSelection.ROOM))
        .startsWith(all.get(1), all.get(2))
        .endsWith(all.getLast());
  }

  @Example
  void digestShouldBeThatOfAllDetailsUncut() {
    List<FailureDetails> all =
        new ArrayList<>(
            IntStream.range(0, 3_000)
                .mapToObj(i -> detail("certificate-expired", "mx", 1, "x".repeat(300)))
                .toList());
    String digest = ReportedFailures.of(all).digest();
    assertThat(digest).hasSize(64);

    all.set(1_500, detail("certificate-expired", "mx", 1, "x".repeat(299) + "y"));
    assertThat(ReportedFailures.of(all).digest()).isNotEqualTo(digest);
    assertThat(ReportedFailures.of(List.of())).isEqualTo(ReportedFailures.NONE);
    assertThat(ReportedFailures.NONE.digest()).isEmpty();
  }

  @Example
  void roomShouldBeThatOfAllReportsOfAMail() {
    ReadingBudget budget = new ReadingBudget(ReportLimits.DEFAULT, () -> {});
    List<FailureDetails> small = new ArrayList<>();
    List<FailureDetails> large = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      small.add(detail("", "", 0, ""));
      large.add(detail("certificate-expired", "mx", 1, "x".repeat(200)));
    }

    assertThat(keptOf(10, small, new ReadingBudget(ReportLimits.DEFAULT, () -> {})))
        .isEqualTo(4 * DetailSelection.MAX);
    assertThat(keptOf(4, large, budget)).isGreaterThan(800);
    assertThat(keptOf(1, large, budget)).isZero();
  }

  private static int keptOf(int entries, List<FailureDetails> details, ReadingBudget budget) {
    int kept = 0;
    for (int i = 0; i < entries; i++) {
      FailureAdder failures = new FailureAdder();
      details.forEach(failures::add);
      ReportedFailures added = failures.added(OptionalLong.empty(), budget);
      assertThat(added.details()).isEqualTo(details.size());
      kept += added.kept().size();
    }
    return kept;
  }

  private static int octets(List<FailureDetails> details) {
    return details.stream().mapToInt(ReportedFailuresTest::octets).sum();
  }

  private static int octets(FailureDetails one) {
    DetailSelection held = new DetailSelection();
    held.add(one);
    return held.octets();
  }

  private static Map<ResultType, Set<String>> hosts(List<FailureDetails> details) {
    Map<ResultType, Set<String>> hosts = new HashMap<>();
    for (FailureDetails one : details) {
      Set<String> some =
          hosts.computeIfAbsent(
              one.resultType().registeredOrOther(), type -> new LinkedHashSet<>());
      if (one.failedSessionCount() > 0 && some.size() < DetailSelection.MAX_HOSTS) {
        one.receivingMx().ifPresent(some::add);
      }
    }
    hosts.values().removeIf(Set::isEmpty);
    return hosts;
  }

  private static List<FailureDetails> details(Random random, int size, int longest) {
    List<FailureDetails> details = new ArrayList<>();
    int hosts = 1 + random.nextInt(40);
    for (int i = 0; i < size; i++) {
      int host = random.nextInt(hosts);
      details.add(
          detail(
              TYPES.get(random.nextInt(TYPES.size())),
              (host % 3 == 0 ? "MX" : "mx") + host + (host % 5 == 0 ? "." : ""),
              random.nextInt(4),
              "i".repeat(random.nextInt(longest))));
    }
    return details;
  }

  private static FailureDetails detail(
      String type, String host, long sessions, String additionalInformation) {
    return new FailureDetails(
        new ResultType(type),
        Optional.empty(),
        Optional.of(host),
        Optional.empty(),
        Optional.empty(),
        sessions,
        Optional.of(additionalInformation),
        Optional.empty());
  }
}
