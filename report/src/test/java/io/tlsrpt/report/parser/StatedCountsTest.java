// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DetailSelection;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.ReportLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an entry counts whose summary or details state no count, or contradict each other. */
class StatedCountsTest {
  private static final int MANY = ReportLimits.DEFAULT.maxFailureDetails();

  /** {@code S} and {@code F} are the summary's members, {@code a} and {@code b} result types. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                  | a:4           | 0 + 4: a 4            | count-missing 1",
        "{'S':3}             | a:4           | 3 + 4: a 4            | count-missing 1",
        "{'F':4}             | a:4           | 0 + 4: a 4            |",
        "{'s':3,'f':4}       | a:4           | 0 + 4: a 4            | count-missing 1",
        "{'S':3,'F':null}    | a:4           | 3 + 4: a 4 | count-missing 1, count-unreadable 1",
        "{'S':3,'F':'many'}  | a:4,b:2,a:1   | 3 + 7: a 5, b 2 | count-missing 1, count-unreadable 1",
        "{'S':3,'F':'4'}     | a:4           | 3 + 4: a 4            | count-not-a-number 1",
        "{'S':true,'F':4}    | a:4           | 0 + 4: a 4            | count-unreadable 1",
        "null                | a:4           | 0 + 4: a 4            | summary-missing 1",
        "[]                  | a:4,b         | 0 + 5: a 4, b 1 | summary-missing 1, count-missing 1",
        "{}                  |               | 0 + 0                 | count-missing 1",
        "{'S':3}             |               | 3 + 0                 |",
        "{'F':4}             |               | 0 + 4                 |",
        "{'s':3,'f':4}       |               | 0 + 0                 | count-missing 1",
        "{'S':3}             | a:0           | 3 + 0: a 0            | count-missing 1",
      })
  void countThatTheSummaryLeavesOutShouldBeThatOfTheDetails(
      String summary, String details, String counts, String deviations) {
    assertThat(read(summary, details)).isEqualTo(expected(counts, deviations));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'S':1,'F':42} | a              | 1 + 42: a 42            | count-missing 1",
        "{'S':1,'F':42} | a:2,b          | 1 + 42: a 2, b 40       | count-missing 1",
        "{'S':1,'F':42} | a,a:2          | 1 + 42: a 42            | count-missing 1",
        "{'S':1,'F':42} | a,b,a,b        | 1 + 42: a 21, b 21      | count-missing 4",
        "{'S':1,'F':42} | b:30,a,a,c     | 1 + 42: a 8, b 30, c 4  | count-missing 3",
        "{'S':1,'F':42} | a,b,b,c,c,c    | 1 + 42: a 7, b 14, c 21 | count-missing 6",
        "{'S':1,'F':8}  | a,b,b,c,c      | 1 + 8: a 1, b 3, c 4    | count-missing 5",
        "{'S':1,'F':42} | b:42,a         | 1 + 42: a 1, b 42       | count-missing 1",
        "{'S':1,'F':42} | b:50,a         | 1 + 42: a 1, b 50       | count-missing 1",
        "{'S':1,'F':2}  | a,b,c          | 1 + 2: a 1, b 1, c 1    | count-missing 3",
        "{'S':1,'F':42} | a:null,b:-2    | 1 + 42: a 42, b 0 | count-missing 1, count-negative 1, "
            + "count-unreadable 1",
        "{'S':1,'F':42} | a:'2',b:1.5    | 1 + 42: a 2, b 40 | count-missing 1, "
            + "count-not-a-number 1, count-unreadable 1",
        "{'S':1}        | a              | 1 + 1: a 1              | count-missing 2",
        "{'S':1}        | a,b:3          | 1 + 4: a 1, b 3         | count-missing 2",
        "null           | a,b,a          | 0 + 3: a 2, b 1 | summary-missing 1, count-missing 3",
        "{'S':1,'F':0}  | a              | 1 + 0: a 0              | count-missing 1",
        "{'S':0,'F':0}  | a,b:0          | 0 + 0: a 0, b 0         | count-missing 1",
      })
  void detailWithoutCountShouldTakeWhatIsLeftOver(
      String summary, String details, String counts, String deviations) {
    assertThat(read(summary, details)).isEqualTo(expected(counts, deviations));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'S':3,'F':0}  | a:4            | 3 + 4: a 4              | counts-contradict 1",
        "{'S':0,'F':0}  | a:4,b:1        | 0 + 5: a 4, b 1         | counts-contradict 1",
        "{'S':3,'F':-4} | a:4            | 3 + 4: a 4 | counts-contradict 1, count-negative 1",
        "{'S':3,'F':0}  | a:4,b          | 3 + 5: a 4, b 1 | count-missing 1, counts-contradict 1",
        "{'S':3,'F':0}  | a:0            | 3 + 0: a 0              |",
        "{'S':3,'F':0}  | a:-4           | 3 + 0: a 0              | count-negative 1",
        "{'S':3,'F':1}  | a:4            | 3 + 1: a 4              |",
        "{'S':3,'F':9}  | a:4            | 3 + 9: a 4              |",
        "{'S':3,'F':9}  | a:0            | 3 + 9: a 0              |",
      })
  void onlyASummaryThatKnowsOfNoFailureShouldBeContradicted(
      String summary, String details, String counts, String deviations) {
    assertThat(read(summary, details)).isEqualTo(expected(counts, deviations));
  }

  @Test
  void lastSummaryAndTheLastDetailsShouldCount() {
    String entry =
        "'failure-details':[%s],'summary':{'F':7},'summary':{'F':42},'failure-details':[%s]"
            .formatted(details("a,b:3"), details("b,c:2"));

    assertThat(read(List.of(entry)))
        .isEqualTo("0 + 42: b 40, c 2 (duplicate-member 2, count-missing 2)");
  }

  @Test
  void eachEntryShouldHaveItsOwnCounts() {
    assertThat(
            read(
                List.of(
                    "'summary':{'F':42},'failure-details':[" + details("a") + "]",
                    "'summary':{'F':7},'failure-details':[" + details("a,b") + "]",
                    "'failure-details':[" + details("b") + "]")))
        .isEqualTo(
            "0 + 42: a 42; 0 + 7: a 3, b 4; 0 + 1: b 1 (summary-missing 1, count-missing 4)");
  }

  /** Held against the plain list of all details. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverIsStatedDetailsShouldDivideWhatIsLeft(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      List<Optional<Integer>> stated = new ArrayList<>();
      for (int details = 1 + random.nextInt(6); details > 0; details--) {
        stated.add(
            random.nextBoolean() ? Optional.of(random.nextInt(20)) : Optional.<Integer>empty());
      }
      Optional<Integer> summary =
          random.nextInt(4) == 0 ? Optional.empty() : Optional.of(random.nextInt(50));
      PolicyResult read = entry(summary, stated, random);

      List<FailureDetails> kept = read.failures().kept();
      int counted = stated.stream().mapToInt(count -> count.orElse(0)).sum();
      long countless = stated.stream().filter(Optional::isEmpty).count();
      long theirs = 0;
      long least = Long.MAX_VALUE;
      long most = 0;
      for (int detail = 0; detail < stated.size(); detail++) {
        long sessions = kept.get(detail).failedSessionCount();
        if (stated.get(detail).isPresent()) {
          assertThat(sessions).isEqualTo(stated.get(detail).get().longValue());
        } else {
          theirs += sessions;
          least = Math.min(least, sessions);
          most = Math.max(most, sessions);
        }
      }
      if (countless > 0) {
        boolean nothingFailed = summary.orElse(1) == 0 && counted == 0;
        assertThat(theirs)
            .isEqualTo(nothingFailed ? 0 : Math.max(countless, summary.orElse(0) - counted));
        assertThat(most - least).isLessThanOrEqualTo(1);
      }
      assertThat(read.failures().sum()).isEqualTo(counted + theirs);
      assertThat(read.summary().totalFailureSessionCount())
          .isEqualTo(summary.orElse(0) > 0 ? summary.get() : counted + theirs);
    }
  }

  private static PolicyResult entry(
      Optional<Integer> failed, List<Optional<Integer>> counts, Random random) {
    String details =
        counts.stream()
            .map(
                count ->
                    "abc".charAt(random.nextInt(3))
                        + count.map(sessions -> ":" + sessions).orElse(""))
            .collect(joining(","));
    String list = "'failure-details':[" + details(details) + "]";
    String summary = failed.map(f -> "'summary':{'F':" + f + "}").orElse("'summary':{'S':0}");
    return parsed(List.of(random.nextBoolean() ? summary + "," + list : list + "," + summary))
        .report()
        .policies()
        .getFirst();
  }

  @Test
  void manyDetailsWithoutCountShouldBeAddedUp() {
    String many = "{},".repeat(MANY - 1) + details("a:1");

    assertThat(read(List.of("'failure-details':[" + many + "],'summary':{'F':1000000}")))
        .startsWith("0 + 1000000: a 1, other 999999 (");
    assertThat(read(List.of("'failure-details':[" + many + "]")))
        .startsWith("0 + 250000: a 1, other 249999 (");
    assertThat(read(List.of("'summary':{'F':9},'failure-details':[" + many + "]")))
        .startsWith("0 + 9: a 1, other 249999 (");
  }

  /** A large share has more digits than the placeholder that was weighed while reading. */
  @Test
  void keptDetailsShouldFitIntoTheirRoomWithTheirShares() {
    String many = "{'result-type':'certificate-expired'},".repeat(2_000);
    PolicyResult read =
        parsed(List.of("'failure-details':[" + many + details("a:1") + "],'summary':{'F':9e9}"))
            .report()
            .policies()
            .getFirst();

    List<FailureDetails> kept = read.failures().kept();
    assertThat(DetailSelection.of(kept, DetailSelection.ROOM))
        .isEqualTo(kept)
        .hasSize(DetailSelection.MAX);
    assertThat(kept)
        .allSatisfy(one -> assertThat(one.failedSessionCount()).isBetween(4_499_999L, 4_500_000L));
  }

  @Test
  void digestShouldTellACountThatIsLeftOutFromEveryOther() {
    assertThat(digest("a")).isEqualTo(digest("a")).isEqualTo(digest("a:null"));
    assertThat(digest("a")).isNotEqualTo(digest("a:0")).isNotEqualTo(digest("a:42"));
    assertThat(digest("a:-1")).isEqualTo(digest("a:0"));
  }

  /**
   * The digest is stored with reports. If it changed, a report that comes again would seem to have
   * other content.
   */
  @Test
  void digestOfStatedCountsShouldStayAsItIs() {
    assertThat(digest("a:4,b:2"))
        .isEqualTo("782ed627bd5a37bf37578f11a877086fa302ca174d4baee7a62352973148c3e0");
  }

  private static String digest(String details) {
    return parsed(List.of("'summary':{'F':42},'failure-details':[" + details(details) + "]"))
        .report()
        .policies()
        .getFirst()
        .failures()
        .digest();
  }

  private static String expected(String counts, String deviations) {
    return deviations == null ? counts : counts + " (" + deviations + ")";
  }

  /** Reads the summary before and after the details; both must give the same. */
  private static String read(String summary, String details) {
    String list = "'failure-details':[" + (details == null ? "" : details(details)) + "]";
    String first = read(List.of("'summary':" + summary + "," + list));
    assertThat(read(List.of(list + ",'summary':" + summary))).isEqualTo(first);
    return first;
  }

  private static String read(List<String> entries) {
    ParseResult.Parsed parsed = parsed(entries);
    String counts =
        parsed.report().policies().stream().map(StatedCountsTest::counts).collect(joining("; "));
    return parsed.deviations().isEmpty() ? counts : counts + " (" + parsed.deviations() + ")";
  }

  private static String counts(PolicyResult entry) {
    TreeMap<String, Long> byType = new TreeMap<>();
    entry
        .failures()
        .sessions()
        .forEach((type, sessions) -> byType.put(shortened(type.value()), sessions));
    String sum =
        entry.summary().totalSuccessfulSessionCount()
            + " + "
            + entry.summary().totalFailureSessionCount();
    return byType.isEmpty()
        ? sum
        : byType.entrySet().stream()
            .map(of -> of.getKey() + " " + of.getValue())
            .collect(joining(", ", sum + ": ", ""));
  }

  private static String shortened(String type) {
    return switch (type) {
      case "certificate-expired" -> "a";
      case "validation-failure" -> "b";
      case "tlsa-invalid" -> "c";
      default -> type;
    };
  }

  private static String details(String written) {
    return List.of(written.split(",")).stream().map(StatedCountsTest::detail).collect(joining(","));
  }

  private static String detail(String one) {
    String type =
        switch (one.charAt(0)) {
          case 'a' -> "certificate-expired";
          case 'b' -> "validation-failure";
          default -> "tlsa-invalid";
        };
    String count = one.length() == 1 ? "" : ",'failed-session-count':" + one.substring(2);
    return "{'result-type':'" + type + "'" + count + "}";
  }

  private static ParseResult.Parsed parsed(List<String> entries) {
    String json =
        entries.stream()
            .map(
                entry ->
                    "{'policy':{'policy-type':'sts','policy-domain':'a.example'}," + entry + "}")
            .collect(joining(",", "{'report-id':'1','policies':[", "]}"));
    String named =
        json.replace("'S'", "'total-successful-session-count'")
            .replace("'F'", "'total-failure-session-count'")
            .replace('\'', '"')
            .replace(
                "\"policies\"",
                "\"date-range\":{\"start-datetime\":\"2026-05-01T00:00:00Z\","
                    + "\"end-datetime\":\"2026-05-01T23:59:59Z\"},\"policies\"");
    List<ParseResult> results = Samples.parse(Samples.bytes(named));
    assertThat(results).singleElement().isInstanceOf(ParseResult.Parsed.class);
    return (ParseResult.Parsed) results.getFirst();
  }
}
