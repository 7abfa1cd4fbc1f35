// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ParseResult.Malformed;
import io.tlsrpt.report.ParseResult.Parsed;
import io.tlsrpt.report.Policy;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.PolicyType;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.ReportedFailures;
import io.tlsrpt.report.ResultType;
import io.tlsrpt.report.Summary;
import io.tlsrpt.report.TlsReport;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.Size;

/** What holds for every report and for every string of bytes. */
@Tag("slow")
class ReportParserPropertiesTest {
  private static final ReportLimits SMALL =
      new ReportLimits(10_000, 10_000, 12, 1_000, 30, 20, 50, 50, 5, 20, 100);

  private final ReportParser parser = new ReportParser(ReportLimits.DEFAULT);

  @Property(tries = 2_000)
  void everyReportShouldReadBackEqualHoweverItIsWritten(
      @ForAll("reports") TlsReport report, @ForAll long seed) {
    byte[] json = new ReportWriter(seed).write(report).getBytes(UTF_8);

    assertThat(read(json)).isEqualTo(report);
    assertThat(read(Samples.gzip(json))).isEqualTo(report);
    assertThat(read(Samples.gzip(Samples.gzip(json)))).isEqualTo(report);
  }

  @Property(tries = 5_000)
  void everyByteStringShouldGiveAResult(@ForAll byte[] bytes) {
    assertThat(parse(new ReportParser(SMALL), bytes)).isNotEmpty();
  }

  @Property(tries = 5_000)
  void everyDamageShouldGiveAResultWithinTheLimits(
      @ForAll("reports") TlsReport report,
      @ForAll long seed,
      @ForAll int position,
      @ForAll @Size(max = 8) byte[] damage) {
    byte[] json = new ReportWriter(seed).write(report).getBytes(UTF_8);
    byte[] bytes = seed % 2 == 0 ? Samples.gzip(json) : json;
    int from = Math.floorMod(position, bytes.length);
    for (int i = 0; i < damage.length && from + i < bytes.length; i++) {
      bytes[from + i] = damage[i];
    }

    assertWithinLimits(parse(new ReportParser(SMALL), bytes));
  }

  @Property(tries = 1_000)
  void everyReportOfAPartShouldReadBackEqual(
      @ForAll("reports") TlsReport first,
      @ForAll("reports") TlsReport second,
      @ForAll("reports") TlsReport third,
      @ForAll long seed) {
    List<TlsReport> reports = List.of(first, second, third);
    List<byte[]> json =
        reports.stream()
            .map(report -> withoutMark(new ReportWriter(seed).write(report)))
            .map(text -> text.getBytes(UTF_8))
            .toList();
    byte[] plain = Samples.joined(json.toArray(new byte[0][]));

    assertThat(readAll(plain)).isEqualTo(reports);
    assertThat(readAll(Samples.gzip(plain))).isEqualTo(reports);
    assertThat(
            readAll(
                Samples.joined(json.stream().map(Samples::gzip).toList().toArray(new byte[0][]))))
        .isEqualTo(reports);
    assertThat(readAll(Samples.zip(archive(json)))).isEqualTo(reports);
  }

  @Property(tries = 2_000)
  void everyDamageOfSeveralReportsShouldGiveResultsWithinTheLimits(
      @ForAll("reports") TlsReport first,
      @ForAll("reports") TlsReport second,
      @ForAll long seed,
      @ForAll int position,
      @ForAll @Size(max = 8) byte[] damage) {
    byte[] one = new ReportWriter(seed).write(first).getBytes(UTF_8);
    byte[] other = new ReportWriter(seed).write(second).getBytes(UTF_8);
    byte[] bytes =
        switch (Math.floorMod(seed, 3)) {
          case 0 -> Samples.joined(Samples.gzip(one), Samples.gzip(other));
          case 1 -> Samples.zip(archive(List.of(one, other)));
          default -> Samples.joined(one, other);
        };
    int from = Math.floorMod(position, bytes.length);
    for (int i = 0; i < damage.length && from + i < bytes.length; i++) {
      bytes[from + i] = damage[i];
    }

    assertWithinLimits(parse(new ReportParser(SMALL), bytes));
  }

  /** A byte order mark stands at the beginning of a body part only. */
  private static String withoutMark(String json) {
    return json.substring(json.indexOf('{'));
  }

  private static List<Samples.Entry> archive(List<byte[]> contents) {
    List<Samples.Entry> entries = new ArrayList<>();
    for (byte[] content : contents) {
      entries.add(new Samples.Entry("folder" + entries.size() + "/", ""));
      entries.add(new Samples.Entry("report" + entries.size(), content));
    }
    return entries;
  }

  private static void assertWithinLimits(List<ParseResult> results) {
    assertThat(results).isNotEmpty();
    List<PolicyResult> all = new ArrayList<>();
    for (ParseResult result : results) {
      switch (result) {
        case Malformed malformed -> {
          assertThat(malformed.where()).isNotBlank();
          assertThat(results).hasSize(1);
        }
        case Parsed(TlsReport read, Deviations deviations, long size) -> {
          assertThat(read.policies()).isNotEmpty();
          assertThat(size).isPositive();
          all.addAll(read.policies());
        }
      }
    }
    assertThat(all).hasSizeLessThanOrEqualTo(SMALL.maxPolicies());
    assertThat(all).allSatisfy(ReportParserPropertiesTest::assertCounts);
  }

  private static void assertCounts(PolicyResult entry) {
    assertThat(entry.summary().totalSuccessfulSessionCount()).isBetween(0L, ReportLimits.MAX_COUNT);
    assertThat(entry.failures().details()).isLessThanOrEqualTo(SMALL.maxFailureDetails());
  }

  @Provide
  Arbitrary<TlsReport> reports() {
    Arbitrary<Instant> instants =
        Arbitraries.longs().between(0, 4_102_444_800L).map(Instant::ofEpochSecond);
    Arbitrary<DateRange> ranges = Combinators.combine(instants, instants).as(DateRange::new);
    return Combinators.combine(
            texts().optional(),
            ranges,
            texts().optional(),
            texts().optional(),
            entries().list().ofMinSize(1).ofMaxSize(4))
        .as(
            (organization, range, contact, id, policies) ->
                new TlsReport(
                    organization,
                    Optional.of(range),
                    range.startDatetime() + "/" + range.endDatetime(),
                    contact,
                    id,
                    policies));
  }

  private static Arbitrary<PolicyResult> entries() {
    Arbitrary<PolicyType> types =
        Arbitraries.of(
            PolicyType.STS,
            PolicyType.TLSA,
            PolicyType.NO_POLICY_FOUND,
            new PolicyType("other-one"));
    Arbitrary<DomainName> domains =
        Arbitraries.of("example.com", "mx1.example.com", "xn--bcher-kva.example", "_x.example")
            .map(DomainName::new);
    Arbitrary<Policy> policies =
        Combinators.combine(
                types, texts().list().ofMaxSize(3), domains.optional(), texts().list().ofMaxSize(2))
            .as(Policy::new);
    return Combinators.combine(
            policies, counts(), counts(), details().list().ofMaxSize(3).map(ReportedFailures::of))
        .as(ReportParserPropertiesTest::entry);
  }

  /** If the details count failures, so does the summary: the parser would replace a 0. */
  private static PolicyResult entry(
      Policy policy, long successful, long failed, ReportedFailures failures) {
    return new PolicyResult(
        policy,
        new Summary(successful, failures.sum() > 0 ? Math.max(1, failed) : failed),
        failures);
  }

  private static Arbitrary<FailureDetails> details() {
    Arbitrary<ResultType> types =
        Arbitraries.oneOf(
            Arbitraries.of(ResultType.REGISTERED), Arbitraries.just(new ResultType("new-one")));
    return Combinators.combine(
            types,
            texts().optional(),
            texts().optional(),
            texts().optional(),
            texts().optional(),
            counts(),
            texts().optional(),
            texts().optional())
        .as(FailureDetails::new);
  }

  private static Arbitrary<Long> counts() {
    return Arbitraries.longs().between(0, ReportLimits.MAX_COUNT);
  }

  /** Texts of all kinds, but none that is blank or a JSON list: those mean something else. */
  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .all()
        .ofMinLength(1)
        .ofMaxLength(12)
        .filter(text -> !text.isBlank() && !text.startsWith("[\""))
        // What no text can hold is replaced: see TextsTest.
        .filter(text -> text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c)));
  }

  private List<TlsReport> readAll(byte[] bytes) {
    return parse(parser, bytes).stream().map(result -> ((Parsed) result).report()).toList();
  }

  private TlsReport read(byte[] bytes) {
    List<ParseResult> results = parse(parser, bytes);
    assertThat(results).singleElement().isInstanceOf(Parsed.class);
    return ((Parsed) results.getFirst()).report();
  }

  private static List<ParseResult> parse(ReportParser parser, byte[] bytes) {
    return parser.parse(new ByteArrayInputStream(bytes), ContentForm.UNKNOWN);
  }
}
