// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import io.tlsrpt.report.DateRange;
import io.tlsrpt.store.PlainReport.Detail;
import io.tlsrpt.store.PlainReport.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Something that happens to a receiver. */
public sealed interface Step {

  /** A mail with these reports comes, or came earlier and was deferred until now. */
  record Mail(List<Written> reports, Duration waited) implements Step {
    Mail(List<Written> reports) {
      this(reports, Duration.ZERO);
    }

    @Override
    public String toString() {
      return "\n mail " + reports + (waited.isZero() ? "" : " that has waited " + waited);
    }
  }

  /** So many days go by, with the same reports each day. */
  record Days(int days, List<Written> reports) implements Step {
    @Override
    public String toString() {
      return "\n " + days + " days, each with " + reports;
    }
  }

  /** An earlier report comes again; {@code back} counts from the latest. */
  record Again(int back, How how) implements Step {
    @Override
    public String toString() {
      return "\n again " + back + " back, " + how;
    }
  }

  /** How the report differs the second time. */
  enum How {
    AS_IT_WAS,
    WITH_OTHER_COUNTS,
    UNDER_ANOTHER_ID
  }

  /** The clock goes on, or is set back. */
  record Clock(Duration by) implements Step {
    @Override
    public String toString() {
      return "\n clock " + by;
    }
  }

  /** The receiver stops and starts again. */
  record Restart() implements Step {
    @Override
    public String toString() {
      return "\n restart";
    }
  }

  /** Forgets what was last seen longer ago than this, and domains that are ours no longer. */
  record Forgetting(int days) implements Step {
    @Override
    public String toString() {
      return "\n forget after " + days + " days";
    }
  }

  /** Reports that are older than this are deleted. */
  record Retention(int days) implements Step {
    @Override
    public String toString() {
      return "\n retention " + days + " days";
    }
  }

  /**
   * A report, described relative to the time at which it is written.
   *
   * @param daysAgo how many days ago its range begins
   * @param hour the first hour of a range that is not a whole day
   */
  record Written(
      String reporter, String id, int daysAgo, Range range, int hour, List<Entry> entries) {
    PlainReport at(Instant clock) {
      Instant midnight = clock.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(daysAgo));
      return new PlainReport(
          reporter,
          Optional.of(id).filter(some -> !some.isEmpty()),
          range(midnight, clock),
          entries);
    }

    private Optional<DateRange> range(Instant midnight, Instant clock) {
      Instant part = midnight.plus(Duration.ofHours(hour));
      Instant ahead = clock.plus(Duration.ofHours(hour)).truncatedTo(ChronoUnit.SECONDS);
      return switch (range) {
        case DAY -> some(midnight, Duration.ofDays(1).minusSeconds(1));
        case TO_MIDNIGHT -> some(midnight, Duration.ofDays(1));
        case PART -> some(part, Duration.ofHours(1));
        case WEEK -> some(midnight, Duration.ofDays(7));
        case AHEAD -> some(ahead, Duration.ofHours(3));
        case BACKWARDS -> some(part, Duration.ofHours(-30));
        case UNREADABLE -> Optional.empty();
      };
    }

    private static Optional<DateRange> some(Instant start, Duration length) {
      return Optional.of(new DateRange(start, start.plus(length)));
    }

    @Override
    public String toString() {
      return reporter
          + (id.isEmpty() ? " without id" : " id " + id)
          + (", " + daysAgo + " days ago, " + range + " at " + hour + " h: ")
          + entries;
    }
  }

  /** Forms of a report's range. */
  enum Range {
    DAY,
    TO_MIDNIGHT,
    PART,
    WEEK,
    AHEAD,
    BACKWARDS,
    UNREADABLE
  }

  /** Histories of weeks or months, dense enough that rare cases meet. */
  static Arbitrary<List<Step>> histories() {
    Arbitrary<Step> steps =
        Arbitraries.frequencyOf(
            Tuple.of(10, written().list().ofSize(1).map(Mail::new)),
            Tuple.of(2, written().list().ofMinSize(2).ofMaxSize(3).map(Mail::new)),
            Tuple.of(
                2,
                Combinators.combine(
                        written().list().ofSize(1), Arbitraries.integers().between(1, 220))
                    .as((reports, hours) -> new Mail(reports, Duration.ofHours(hours)))),
            Tuple.of(
                2,
                Combinators.combine(
                        Arbitraries.integers().between(0, 9), Arbitraries.of(How.values()))
                    .as(Again::new)),
            Tuple.of(
                1,
                Combinators.combine(
                        Arbitraries.integers().between(2, 16),
                        steady().list().ofMinSize(1).ofMaxSize(2))
                    .as(Days::new)),
            Tuple.of(6, clocks().map(Clock::new)),
            Tuple.of(1, Arbitraries.create(Restart::new)),
            Tuple.of(1, Arbitraries.integers().between(0, 40).map(Retention::new)),
            Tuple.of(1, Arbitraries.integers().between(45, 60).map(Forgetting::new)));
    return steps.withoutEdgeCases().list().ofMinSize(3).ofMaxSize(60);
  }

  private static Arbitrary<Duration> clocks() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.integers().between(1, 1_000).map(Duration::ofMinutes)),
        Tuple.of(4, Arbitraries.integers().between(12, 40).map(Duration::ofHours)),
        Tuple.of(2, Arbitraries.integers().between(1, 12).map(Duration::ofDays)),
        Tuple.of(1, Arbitraries.integers().between(-12 * 24, -1).map(Duration::ofHours)),
        // Somebody sets the clock to another year, and later back.
        Tuple.of(1, Arbitraries.of(-300, -90, 90, 300).map(Duration::ofDays)));
  }

  /** Reports with few failures. */
  private static Arbitrary<Written> steady() {
    Arbitrary<Entry> entries =
        Combinators.combine(
                Arbitraries.frequencyOf(
                    Tuple.of(3, Arbitraries.just(List.<Detail>of())),
                    Tuple.of(1, details().list().ofSize(1))),
                Arbitraries.frequency(Tuple.of(5, "testing"), Tuple.of(1, "enforce")))
            .as((details, mode) -> new Entry("a.example", "sts", mode, 5, 0, details));
    return Combinators.combine(
            reporters(),
            Arbitraries.integers().between(3, 99_999).map(String::valueOf),
            Arbitraries.integers().between(0, 2),
            Arbitraries.frequency(Tuple.of(3, Range.DAY), Tuple.of(1, Range.AHEAD)),
            Arbitraries.integers().between(0, 20),
            entries.list().ofSize(1))
        .as(Written::new);
  }

  private static Arbitrary<String> reporters() {
    return Arbitraries.of("big.example", "good.example", "late.example", "mta.big.example");
  }

  private static Arbitrary<Written> written() {
    Arbitrary<String> ids =
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.of("", "1", "2")),
            Tuple.of(6, Arbitraries.integers().between(3, 99_999).map(String::valueOf)));
    Arbitrary<Integer> daysAgo =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.integers().between(0, 2)),
            Tuple.of(2, Arbitraries.integers().between(2, 12)),
            Tuple.of(1, Arbitraries.integers().between(12, 40)));
    Arbitrary<Range> ranges =
        Arbitraries.frequency(
            Tuple.of(8, Range.DAY),
            Tuple.of(2, Range.TO_MIDNIGHT),
            Tuple.of(4, Range.PART),
            Tuple.of(1, Range.WEEK),
            Tuple.of(1, Range.AHEAD),
            Tuple.of(1, Range.BACKWARDS),
            Tuple.of(1, Range.UNREADABLE));
    return Combinators.combine(
            reporters(),
            ids,
            daysAgo,
            ranges,
            Arbitraries.integers().between(0, 20),
            entries()
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .filter(
                    all -> all.stream().anyMatch(one -> !one.domain().equals(PlainReport.FOREIGN))))
        .as(Written::new);
  }

  private static Arbitrary<Entry> entries() {
    Arbitrary<String> domains =
        Arbitraries.frequency(
            Tuple.of(8, "a.example"),
            Tuple.of(3, "b.example"),
            Tuple.of(1, "c.example"),
            Tuple.of(1, PlainReport.FOREIGN));
    Arbitrary<String> policies =
        Arbitraries.frequency(
            Tuple.of(6, "sts"),
            Tuple.of(3, "tlsa"),
            Tuple.of(1, "no-policy-found"),
            Tuple.of(1, "policy-to-come"));
    Arbitrary<String> modes =
        Arbitraries.frequency(
            Tuple.of(4, "testing"), Tuple.of(3, "enforce"), Tuple.of(1, "none"), Tuple.of(2, ""));
    Arbitrary<Long> failed =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(0L)), Tuple.of(2, Arbitraries.longs().between(1, 4)));
    return Combinators.combine(
            domains,
            policies,
            modes,
            Arbitraries.longs().between(0, 3),
            failed,
            details().list().ofMaxSize(2))
        .as(Entry::new);
  }

  private static Arbitrary<Detail> details() {
    return Combinators.combine(
            Arbitraries.of(
                "certificate-expired",
                "tlsa-invalid",
                "starttls-not-supported",
                "type-to-come",
                "unspecified"),
            Arbitraries.of("", "mx1.example.com", "MX1.Example.com.", "mx2.example.com"),
            Arbitraries.longs().between(0, 3))
        .as(Detail::new);
  }
}
