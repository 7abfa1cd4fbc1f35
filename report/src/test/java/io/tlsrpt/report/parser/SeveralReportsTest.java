// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static io.tlsrpt.report.parser.Samples.bytes;
import static io.tlsrpt.report.parser.Samples.gzip;
import static io.tlsrpt.report.parser.Samples.joined;
import static io.tlsrpt.report.parser.Samples.parse;
import static io.tlsrpt.report.parser.Samples.report;
import static io.tlsrpt.report.parser.Samples.summary;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ParseResult.Parsed;
import io.tlsrpt.report.ReportLimits;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports that follow one another in one body part. */
class SeveralReportsTest {
  private static final String TOGETHER = "1, 2 (several-reports 1)";
  private static final ReportLimits SMALL =
      new ReportLimits(10_000, 10_000, 12, 1_000, 30, 3, 4, 5, 5, 20, 4);

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", " \r\n\t"})
  void everyReportShouldBeRead(String between) {
    String two = report("1") + between + report("2");

    assertThat(summary(parse(bytes(two)))).isEqualTo(TOGETHER);
    assertThat(summary(parse(gzip(bytes(two))))).isEqualTo(TOGETHER);
    assertThat(summary(parse(gzip(gzip(bytes(two))))))
        .isEqualTo("1 (compressed-twice 1), 2 (several-reports 1)");
    assertThat(summary(parse(joined(gzip(bytes(report("1") + between)), gzip(bytes(report("2")))))))
        .isEqualTo(TOGETHER);
  }

  @Test
  void sizesShouldAddUpToThatOfTheJson() {
    String first = " " + report("1");
    String second = "\n" + report("a longer id");
    String third = "  " + report("3") + " \n";

    assertThat(parse(gzip(bytes(first + second + third))))
        .extracting(result -> ((Parsed) result).size())
        .containsExactly((long) first.length(), (long) second.length(), (long) third.length());
    assertThat(parse(bytes(first + second + " noise")))
        .extracting(result -> ((Parsed) result).size())
        .containsExactly((long) first.length(), (long) second.length());
  }

  @Test
  void eachReportShouldHaveItsOwnDeviations() {
    String odd = report("1").replace("\"example.com\"", "\"Example.com\"");

    assertThat(summary(parse(bytes(odd + report("2") + odd.replace("\"1\"", "\"3\"")))))
        .isEqualTo(
            "1 (policy-domain-form 1), 2 (several-reports 1),"
                + " 3 (several-reports 1, policy-domain-form 1)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "noise",
        "7",
        "\"text\"",
        "[{}]",
        "{}",
        "{\"policies\": 7}",
        "{\"policies\": [{\"policy\": {\"policy-domain\": \"not a name\"}}]}",
        "{\"policies\": [{\"summary\": {\"total-failure-session-count\": 99999999999}}]}",
        "{\"policies\": [",
        "{",
        "}",
        "\u0000\u0000",
      })
  void whatIsNoReportShouldEndTheReading(String noise) {
    String after = noise + report("3");

    assertThat(summary(parse(bytes(report("1") + after)))).isEqualTo("1 (data-after-report 1)");
    assertThat(summary(parse(gzip(bytes(report("1") + report("2") + after)))))
        .isEqualTo("1, 2 (data-after-report 1, several-reports 1)");
  }

  @Test
  void noiseThatPassesAJsonLimitShouldBeNoise() {
    assertThat(summary(parse(bytes(report("1") + "7".repeat(101)))))
        .isEqualTo("1 (data-after-report 1)");
    assertThat(summary(parse(bytes(report("1") + "[".repeat(50)))))
        .isEqualTo("1 (data-after-report 1)");
  }

  @Test
  void noiseShouldNotHideThatTheStreamIsBroken() {
    byte[] gzip = gzip(bytes(report("1") + "noise" + " ".repeat(10_000)));
    byte[] wrong = gzip.clone();
    wrong[gzip.length - 8]++;

    assertThat(summary(parse(gzip))).isEqualTo("1 (data-after-report 1)");
    assertThat(summary(parse(wrong))).isEqualTo("decompression: the gzip stream is broken");
    assertThat(summary(parse(Arrays.copyOf(gzip, gzip.length - 1))))
        .isEqualTo("decompression: the gzip stream ends early");
    assertThat(summary(parse(gzip, SMALL)))
        .isEqualTo("report-too-large: more than maxReportSize = 10000 bytes");
  }

  @Test
  void brokenSecondMemberShouldCostTheFirst() {
    byte[] second = gzip(bytes(report("2")));
    second[second.length - 1]++;

    assertThat(summary(parse(joined(gzip(bytes(report("1"))), second))))
        .isEqualTo("decompression: the gzip stream is broken");
  }

  @Test
  void limitPassedByALaterReportShouldCostAll() {
    String deep = "{\"x\":" + "[".repeat(40) + "]".repeat(40) + "}";

    assertThat(summary(parse(bytes(report("1") + deep))))
        .isEqualTo("limit: more than maxDepth = 32");
    assertThat(summary(parse(bytes(report("1") + " ".repeat(11_000) + report("2")), SMALL)))
        .isEqualTo("report-too-large: more than maxReportSize = 10000 bytes");
  }

  @Test
  void budgetsShouldHoldForAllReportsTogether() {
    String reports = report("1") + report("2") + report("3");
    String withTexts = report("1").replace("\"sts\"", "\"sts\",\"mx-host\":[\"a\",\"b\",\"c\"]");
    String withDetails =
        report("1").replace("}}]}", "},\"failure-details\":[" + "{},".repeat(2) + "{}]}]}");

    assertThat(parse(bytes(reports), SMALL)).hasSize(3);
    assertThat(summary(parse(bytes(reports + report("4")), SMALL)))
        .startsWith("limit: more than maxPolicies = 3 at /policies/0");
    assertThat(parse(bytes(withTexts + report("2")), SMALL)).hasSize(2);
    assertThat(summary(parse(bytes(withTexts + withTexts), SMALL)))
        .startsWith("limit: more than maxTexts = 5");
    assertThat(parse(bytes(withDetails + report("2")), SMALL)).hasSize(2);
    assertThat(summary(parse(bytes(withDetails + withDetails), SMALL)))
        .startsWith("limit: more than maxFailureDetails = 4");
  }

  @Test
  void deviationsShouldBeCountedUpToTheirLimitForAllReportsTogether() {
    String odd =
        report("1")
            .replace("{\"report-id\"", "{\"contact-info\":7,\"organization-name\":7,\"report-id\"");

    assertThat(summary(parse(bytes(odd + odd + odd), SMALL)))
        .isEqualTo("1 (not-a-text 2), 1 (several-reports 1, not-a-text 2), 1 (several-reports 1)");
  }

  @Test
  void firstValueShouldDecide() {
    List<ParseResult> results = parse(bytes("{}" + report("2")));

    assertThat(summary(results)).isEqualTo("no-policies: policies is missing or empty");
  }
}
