// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.parser.ReportParser;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The figures of a domain must not contradict each other, even if a report leaves out counts or
 * contradicts itself. Reports are read from JSON, because the parser fills in what is left out.
 */
class ContradictingCountsTest {
  private static final LocalDate DAY = LocalDate.parse("2026-06-01");
  private static final Instant RECEIPT = Instant.parse("2026-06-02T15:00:00Z");
  private static final ReportParser PARSER = new ReportParser(ReportLimits.DEFAULT);

  /** An entry: policy type, successes and failures of its summary, details with theirs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sts - -                          | 0 ok, 0 failed, ratio 0.0: {}",
        "sts - - expired=4                | 0 ok, 4 failed, ratio 1.0: {CERTIFICATE_EXPIRED=4}",
        "sts 4 - expired=4                | 4 ok, 4 failed, ratio 0.5: {CERTIFICATE_EXPIRED=4}",
        "sts 12 0 expired=4               | 12 ok, 4 failed, ratio 0.25: {CERTIFICATE_EXPIRED=4}",
        "sts 12 -9 expired=4              | 12 ok, 4 failed, ratio 0.25: {CERTIFICATE_EXPIRED=4}",
        "sts 12 4 expired=9               | 12 ok, 4 failed, ratio 0.25: {CERTIFICATE_EXPIRED=9}",
        "sts 12 4 expired=0               | 12 ok, 4 failed, ratio 0.25: {UNSPECIFIED=4}",
        "sts 12 4                         | 12 ok, 4 failed, ratio 0.25: {UNSPECIFIED=4}",
        "sts 42 42 invalid                | 42 ok, 42 failed, ratio 0.5: {VALIDATION_FAILURE=42}",
        "sts 42 42 expired=2,invalid | 42 ok, 42 failed, ratio 0.5: {CERTIFICATE_EXPIRED=2, "
            + "VALIDATION_FAILURE=40}",
        "sts 12 4 expired=4,invalid  | 12 ok, 4 failed, ratio 0.25: {CERTIFICATE_EXPIRED=4, "
            + "VALIDATION_FAILURE=1}",
        "sts 12 0 invalid                 | 12 ok, 0 failed, ratio 0.0: {}",
        "sts 3 - invalid                  | 3 ok, 1 failed, ratio 0.25: {VALIDATION_FAILURE=1}",
        "sts 5 0 expired=2; tlsa 12 0     | 10 ok, 2 failed, ratio 0.17: {CERTIFICATE_EXPIRED=2}",
        "sts 12 0; tlsa 12 0 dane=3       | 12 ok, 3 failed, ratio 0.2: {TLSA_INVALID=3}",
        "sts 12 0; tlsa 9 - dane          | 11 ok, 1 failed, ratio 0.08: {TLSA_INVALID=1}",
        "sts 6 0; sts 6 0 expired=4       | 12 ok, 4 failed, ratio 0.25: {CERTIFICATE_EXPIRED=4}",
        "no-policy-found 3 0 starttls=1   | 3 ok, 1 failed, ratio 0.25: {STARTTLS_NOT_SUPPORTED=1}",
        "quantum 3 - starttls=1           | 3 ok, 1 failed, ratio 0.25: {STARTTLS_NOT_SUPPORTED=1}",
        "sts 2 42 invalid; tlsa 2 42 dane | 2 ok, 42 failed, ratio 0.95: {VALIDATION_FAILURE=42, "
            + "TLSA_INVALID=42}",
      })
  void whatIsShownShouldAgree(String entries, String shown) {
    DomainFigures figures = figures(contribution(entries));

    assertThat(
            "%d ok, %d failed, ratio %s: %s"
                .formatted(
                    figures.totals().sessions().successful(),
                    figures.totals().sessions().failed(),
                    Math.round(figures.failureRatio() * 100) / 100.0,
                    figures.activeFailures()))
        .isEqualTo(shown);
    assertAgrees(figures);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverIsLeftOutShownFiguresShouldAgree(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      String entries =
          IntStream.rangeClosed(0, random.nextInt(4))
              .mapToObj(entry -> entry(random))
              .collect(joining("; "));

      Contribution contribution = contribution(entries);
      assertThat(contribution.headline().failed() > 0)
          .as(entries)
          .isEqualTo(!contribution.failures().isZero());
      assertAgrees(figures(contribution));
    }
  }

  private static String entry(Random random) {
    List<String> details = new ArrayList<>();
    for (int more = random.nextInt(4); more > 0; more--) {
      String type = List.of("expired", "invalid", "dane", "starttls").get(random.nextInt(4));
      details.add(random.nextInt(3) == 0 ? type : type + "=" + count(random));
    }
    return "%s %s %s %s"
        .formatted(
            List.of("sts", "tlsa", "no-policy-found", "quantum").get(random.nextInt(4)),
            random.nextInt(3) == 0 ? "-" : count(random),
            random.nextInt(3) == 0 ? "-" : count(random),
            String.join(",", details));
  }

  private static String count(Random random) {
    return List.of("0", "0", "1", "7", "-3", "null", "true", "1.5", "2.0").get(random.nextInt(9));
  }

  private static void assertAgrees(DomainFigures figures) {
    boolean failing = figures.failing();
    assertThat(figures.active().failed() > 0).isEqualTo(failing);
    assertThat(figures.failureRatio() > 0).isEqualTo(failing);
    assertThat(figures.failureRatio()).isBetween(0.0, 1.0);
    assertThat(figures.totals().sessions().failed() > 0).isEqualTo(failing);
    assertThat(figures.totals().failures().isZero()).isEqualTo(!failing);
    assertThat(figures.totals().lastFailure().isPresent()).isEqualTo(failing);
    assertThat(figures.failures().isEmpty()).isEqualTo(!failing);
  }

  @Test
  void hostOfADetailWithoutCountShouldBeShown() {
    DomainFigures figures = figures(contribution("sts 0 42 invalid"));

    assertThat(figures.failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.VALIDATION_FAILURE);
              assertThat(failure.receivingMx()).containsExactly("mx2.example.com");
            });
  }

  @Test
  void whatIsFilledShouldBePlausibleToo() {
    long most = ReportLimits.MAX_COUNT;

    assertThat(contribution("sts - - expired=" + most).isPlausible()).isTrue();
    assertThat(contribution("sts 1 - expired=" + most).isPlausible()).isFalse();
    assertThat(contribution("sts - - expired=" + most + ",invalid").isPlausible()).isFalse();
    assertThat(contribution("sts 0 0 expired=" + most + ",dane=1").isPlausible()).isFalse();
    assertThat(contribution("sts - " + most + " invalid,expired").isPlausible()).isTrue();
  }

  private static DomainFigures figures(Contribution contribution) {
    return DomainState.of(Reports.DOMAIN)
        .plus(contribution, RECEIPT, History.WINDOW)
        .figures(RECEIPT, History.RULES);
  }

  private static Contribution contribution(String entries) {
    String json =
        List.of(entries.split(";")).stream()
            .map(entry -> json(entry.strip().split(" ")))
            .collect(joining(",", "{\"report-id\":\"1\",\"policies\":[", "]}"));
    List<ParseResult> results =
        PARSER.parse(new ByteArrayInputStream(json.getBytes(UTF_8)), ContentForm.JSON);
    assertThat(results).singleElement().isInstanceOf(ParseResult.Parsed.class);
    List<PolicyResult> read = ((ParseResult.Parsed) results.getFirst()).report().policies();
    return Reports.contribution(
        Reports.report("reporter.example", DAY, RECEIPT, read.toArray(PolicyResult[]::new)));
  }

  private static String json(String[] entry) {
    List<String> summary = new ArrayList<>();
    if (!entry[1].equals("-")) {
      summary.add("\"total-successful-session-count\":" + entry[1]);
    }
    if (!entry[2].equals("-")) {
      summary.add("\"total-failure-session-count\":" + entry[2]);
    }
    String details =
        entry.length < 4
            ? ""
            : List.of(entry[3].split(",")).stream()
                .map(ContradictingCountsTest::detail)
                .collect(joining(","));
    return """
        {"policy":{"policy-type":"%s","policy-domain":"example.com"},
        "summary":{%s},"failure-details":[%s]}"""
        .formatted(entry[0], String.join(",", summary), details);
  }

  private static String detail(String written) {
    int equals = written.indexOf('=');
    String type =
        switch (equals < 0 ? written : written.substring(0, equals)) {
          case "expired" -> "certificate-expired";
          case "invalid" -> "validation-failure";
          case "dane" -> "tlsa-invalid";
          default -> "starttls-not-supported";
        };
    String count = equals < 0 ? "" : ",\"failed-session-count\":" + written.substring(equals + 1);
    return "{\"result-type\":\"%s\",\"receiving-mx-hostname\":\"mx2.example.com\"%s}"
        .formatted(type, count);
  }
}
