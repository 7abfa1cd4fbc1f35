// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.report.parser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tlsrpt.report.ContentForm;
import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.Deviation;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.MtaStsMode;
import io.tlsrpt.report.ParseResult;
import io.tlsrpt.report.ParseResult.Malformed;
import io.tlsrpt.report.ParseResult.Parsed;
import io.tlsrpt.report.ParseResult.Reason;
import io.tlsrpt.report.Policy;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.PolicyType;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.report.ReportedFailures;
import io.tlsrpt.report.ResultType;
import io.tlsrpt.report.Summary;
import io.tlsrpt.report.TlsReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportParserTest {
  private static final TlsReport COMPLETE =
      new TlsReport(
          Optional.of("Reporter Inc."),
          Optional.of(
              new DateRange(
                  Instant.parse("2026-05-01T00:00:00Z"), Instant.parse("2026-05-01T23:59:59Z"))),
          "2026-05-01T00:00:00Z/2026-05-01T23:59:59Z",
          Optional.of("tls-reports@reporter.example"),
          Optional.of("2026-05-01T00:00:00Z_example.com"),
          List.of(
              new PolicyResult(
                  new Policy(
                      PolicyType.STS,
                      List.of(
                          "version: STSv1",
                          "mode: testing",
                          "mx: *.mail.example.com",
                          "max_age: 86400"),
                      Optional.of(new DomainName("example.com")),
                      List.of("*.mail.example.com")),
                  new Summary(5326, 303),
                  ReportedFailures.of(
                      List.of(
                          new FailureDetails(
                              new ResultType("certificate-expired"),
                              Optional.of("2001:db8::1"),
                              Optional.of("mx1.mail.example.com"),
                              Optional.of("mx1.mail.example.com ESMTP"),
                              Optional.of("203.0.113.56"),
                              100,
                              Optional.of("https://reports.reporter.example/1"),
                              Optional.of("X509_V_ERR_CERT_HAS_EXPIRED")),
                          new FailureDetails(
                              new ResultType("something-new"),
                              Optional.empty(),
                              Optional.empty(),
                              Optional.empty(),
                              Optional.empty(),
                              203,
                              Optional.empty(),
                              Optional.empty())))),
              new PolicyResult(
                  new Policy(
                      PolicyType.NO_POLICY_FOUND,
                      List.of(),
                      Optional.empty(),
                      List.of("mx.example.com")),
                  new Summary(7, 0),
                  ReportedFailures.NONE)));

  @Test
  void parseShouldReadEveryMember() throws IOException {
    assertThat(parse(complete()))
        .isInstanceOfSatisfying(Parsed.class, p -> assertThat(p.report()).isEqualTo(COMPLETE));
  }

  @Test
  void parseShouldReadGzip() throws IOException {
    assertThat(parse(gzip(complete())))
        .isInstanceOfSatisfying(Parsed.class, p -> assertThat(p.report()).isEqualTo(COMPLETE));
  }

  @Test
  void modeShouldComeFromAnMtaStsPolicyOnly() {
    assertThat(COMPLETE.policies().getFirst().policy().mode()).isEqualTo(MtaStsMode.TESTING);
    assertThat(COMPLETE.policies().getLast().policy().mode()).isEqualTo(MtaStsMode.UNKNOWN);
  }

  @Test
  void parseShouldReadAnyOffsetAsTheSameMoment() {
    String json = report().replace("2026-05-01T00:00:00Z", "2026-05-01T02:00:00+02:00");

    assertThat(parsed(json).dateRange().orElseThrow().startDatetime())
        .isEqualTo(Instant.parse("2026-05-01T00:00:00Z"));
  }

  @Test
  void parseShouldSkipAnEntryWhoseDomainIsNoHostName() {
    String good = entry("example.com");
    String hostile = entry("a\\\"=*,?:\\r\\n");

    assertThat(parsed(reportOf(hostile + "," + good)).policies()).hasSize(1);
    assertThat(malformed(reportOf(hostile)).reason()).isEqualTo(Reason.INVALID_DOMAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"policies\": []", "\"policies\": null", "\"x\": 1"})
  void parseShouldRefuseAReportWithoutPolicies(String policies) {
    assertThat(malformed(reportOf("").replace("\"policies\": []", policies)).reason())
        .isEqualTo(Reason.NO_POLICIES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                   | a report is a JSON object, this is not",
        "[]                   | a report is a JSON object, this is not",
        "unused               | not JSON at line 1, column",
        "{\"policies\": [7]}  | no element of policies has a policy",
        "{\"policies\": [{}]} | no element of policies has a policy",
      })
  void malformedShouldSayWhatAndWhere(String json, String where) {
    Malformed malformed = malformed(json);

    assertThat(malformed.reason()).isEqualTo(Reason.MALFORMED);
    assertThat(malformed.where()).startsWith(where);
  }

  @Test
  void positionShouldBeInWords() {
    assertThat(malformed(withCount("10000000001")).where())
        .isEqualTo(
            "a count is more than 10000000000 at"
                + " /policies/0/summary/total-successful-session-count (line 4, column 48)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10000000001",
        "99999999999999999999",
        "9223372036854775808",
        "1e999999999",
        "\"1e400\""
      })
  void parseShouldRefuseCountsBeyondBelief(String count) {
    assertThat(malformed(withCount(count)).reason()).isEqualTo(Reason.INVALID_COUNT);
  }

  @Test
  void parseShouldTakeTheLargestCount() {
    assertThat(
            parsed(withCount("10000000000"))
                .policies()
                .getFirst()
                .summary()
                .totalSuccessfulSessionCount())
        .isEqualTo(ReportLimits.MAX_COUNT);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, COUNT_NEGATIVE",
    "-99999999999999999999, 0, COUNT_NEGATIVE",
    "'\"3\"', 3, COUNT_NOT_A_NUMBER",
    "3.0, 3, COUNT_NOT_A_NUMBER",
    "1.2e3, 1200, COUNT_NOT_A_NUMBER",
    "0e999999999, 0, COUNT_NOT_A_NUMBER",
    "1.5, 0, COUNT_UNREADABLE",
    "1e-999999999, 0, COUNT_UNREADABLE",
    "true, 0, COUNT_UNREADABLE",
    "null, 0, COUNT_UNREADABLE",
    "'{\"x\": [1]}', 0, COUNT_UNREADABLE",
    "'\"many\"', 0, COUNT_UNREADABLE",
  })
  void oddCountsShouldBeReadOrCountZero(String written, long read, Deviation deviation) {
    ParseResult result = parse(withCount(written).getBytes(UTF_8));

    assertThat(result)
        .isInstanceOfSatisfying(
            Parsed.class,
            p -> {
              assertThat(p.deviations().kinds()).containsExactly(deviation);
              Summary summary = p.report().policies().getFirst().summary();
              assertThat(summary.totalSuccessfulSessionCount()).isEqualTo(read);
            });
  }

  @Test
  void parseShouldStopABombAtTheLimit() throws IOException {
    byte[] bomb = gzip(new byte[100_000_000]);
    ReportLimits limits = ReportLimits.DEFAULT.withSizes(1_000, 1_000_000);

    byte[] blanks = new byte[100_000_000];
    Arrays.fill(blanks, (byte) ' ');
    assertThat(parse(gzip(blanks), limits))
        .isEqualTo(
            new Malformed(Reason.REPORT_TOO_LARGE, "more than maxReportSize = 1000000 bytes"));
    assertThat(parse(bomb, limits)).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "0,", "\n\t", "{},", "\"a\","})
  void parseShouldStopABombOfAnyJsonAtTheLimit(String repeated) throws IOException {
    byte[] bomb =
        gzip(("{\"unknown\":[" + repeated.repeat(27_000_000 / repeated.length())).getBytes(UTF_8));
    assertThat(parse(bomb))
        .isEqualTo(
            new Malformed(Reason.REPORT_TOO_LARGE, "more than maxReportSize = 26214400 bytes"));
    assertThat(parse(gzip(bomb))).isEqualTo(parse(bomb));
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000_000, 3_000_000, 25_000_000})
  void reportThatLooksLikeABombAndIsNoneShouldBeRead(int blanks) throws IOException {
    Parsed plain = (Parsed) parse(report().getBytes(UTF_8));
    Parsed spaced = new Parsed(plain.report(), plain.deviations(), plain.size() + blanks);

    assertThat(plain.size()).isEqualTo(report().getBytes(UTF_8).length);
    assertThat(parse(gzip((" ".repeat(blanks) + report()).getBytes(UTF_8)))).isEqualTo(spaced);
    assertThat(parse(gzip((report() + " ".repeat(blanks)).getBytes(UTF_8)))).isEqualTo(spaced);
  }

  @Test
  void reportOfExactlyTheLimitShouldBeRead() throws IOException {
    byte[] json = complete();

    assertThat(parse(json, ReportLimits.DEFAULT.withSizes(1_000, json.length)))
        .isInstanceOf(Parsed.class);
    assertThat(parse(json, ReportLimits.DEFAULT.withSizes(1_000, json.length - 1)))
        .isInstanceOfSatisfying(
            Malformed.class, m -> assertThat(m.reason()).isEqualTo(Reason.REPORT_TOO_LARGE));
  }

  @Test
  void parseShouldRefuseDeepNestingWithoutDeepeningTheStack() {
    int depth = 1_000_000;
    String json = "{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";

    assertThat(malformed(json).reason()).isEqualTo(Reason.LIMIT);
  }

  @Test
  void parseShouldRefuseLongStringsAndNumbers() {
    String longText = "x".repeat(ReportLimits.DEFAULT.maxStringLength() + 1);

    assertThat(malformed("{\"report-id\": \"" + longText + "\"}").reason()).isEqualTo(Reason.LIMIT);
    assertThat(malformed("{\"x\": " + "7".repeat(101) + "}").reason()).isEqualTo(Reason.LIMIT);
  }

  @Test
  void parseShouldRefuseMorePoliciesAndDetailsThanTheLimits() {
    ReportLimits limits =
        new ReportLimits(1_000_000, 1_000_000, 10, 1_000, 100, 2, 3, 4, 10, 100, 1_000);
    String detail = "{\"result-type\": \"validation-failure\", \"failed-session-count\": 1}";
    String two = entry("example.com") + "," + entry("example.com");

    assertThat(parse(reportOf(two).getBytes(UTF_8), limits)).isInstanceOf(Parsed.class);
    assertThat(parse(reportOf(two + "," + entry("example.com")).getBytes(UTF_8), limits))
        .isInstanceOfSatisfying(
            Malformed.class, m -> assertThat(m.where()).startsWith("more than maxPolicies = 2"));
    assertThat(
            parse(
                reportOf(entry("example.com", String.join(",", detail, detail, detail, detail)))
                    .getBytes(UTF_8),
                limits))
        .isInstanceOfSatisfying(
            Malformed.class,
            m -> assertThat(m.where()).startsWith("more than maxFailureDetails = 3"));
  }

  @Test
  void listsOfTextsShouldBeLimited() {
    String texts = "\"a\",".repeat(ReportLimits.DEFAULT.maxTexts()) + "\"a\"";
    String list = "\"policy-domain\": \"example.com\", \"mx-host\": [" + texts + "]";

    assertThat(malformed(report().replace("\"policy-domain\": \"example.com\"", list)).where())
        .startsWith("more than maxTexts = 10000");
  }

  @Test
  void everyTruncationShouldBeRefused() throws IOException {
    byte[] gzip = gzip(report().getBytes(UTF_8));
    byte[] json = report().getBytes(UTF_8);

    for (int length = 0; length < gzip.length; length++) {
      assertThat(parse(Arrays.copyOf(gzip, length))).isInstanceOf(Malformed.class);
    }
    for (int length = 0; length < json.length; length++) {
      assertThat(parse(Arrays.copyOf(json, length))).isInstanceOf(Malformed.class);
    }
  }

  @Test
  void brokenGzipShouldBeToldFromBrokenJson() throws IOException {
    byte[] gzip = gzip(report().getBytes(UTF_8));
    byte[] broken = gzip.clone();
    Arrays.fill(broken, 10, 30, (byte) 0xff);

    assertThat(parse(broken))
        .isEqualTo(new Malformed(Reason.DECOMPRESSION, "the gzip stream is broken"));
    assertThat(parse(Arrays.copyOf(gzip, 5)))
        .isEqualTo(new Malformed(Reason.DECOMPRESSION, "the gzip stream ends early"));
  }

  @Test
  void brokenWorldShouldNotBeTakenForABrokenReport() throws IOException {
    InputStream gone = InputStream.nullInputStream();
    gone.close();

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> new ReportParser(ReportLimits.DEFAULT).parse(gone, ContentForm.UNKNOWN));
  }

  private static byte[] complete() throws IOException {
    try (InputStream in = ReportParserTest.class.getResourceAsStream("complete.json")) {
      assertThat(in).isNotNull();
      return in.readAllBytes();
    }
  }

  private static String report() {
    return reportOf(entry("example.com"));
  }

  private static String reportOf(String entries) {
    return """
        {"report-id": "1",
         "date-range": {"start-datetime": "2026-05-01T00:00:00Z", "end-datetime": "2026-05-01T23:59:59Z"},
         "policies": [%s]}"""
        .formatted(entries);
  }

  private static String entry(String domain) {
    return entry(domain, "");
  }

  private static String entry(String domain, String details) {
    return """
        {"policy": {"policy-type": "sts", "policy-domain": "%s"},
         "summary": {"total-successful-session-count": 1, "total-failure-session-count": 0},
         "failure-details": [%s]}"""
        .formatted(domain, details);
  }

  private static String withCount(String count) {
    return report()
        .replace(
            "\"total-successful-session-count\": 1",
            "\"total-successful-session-count\": " + count);
  }

  private static TlsReport parsed(String json) {
    ParseResult result = parse(json.getBytes(UTF_8));
    assertThat(result).isInstanceOf(Parsed.class);
    return ((Parsed) result).report();
  }

  private static Malformed malformed(String json) {
    ParseResult result = parse(json.getBytes(UTF_8));
    assertThat(result).isInstanceOf(Malformed.class);
    return (Malformed) result;
  }

  private static ParseResult parse(byte[] body) {
    return parse(body, ReportLimits.DEFAULT);
  }

  private static ParseResult parse(byte[] body, ReportLimits limits) {
    List<ParseResult> results =
        new ReportParser(limits).parse(new ByteArrayInputStream(body), ContentForm.UNKNOWN);
    assertThat(results).hasSize(1);
    return results.getFirst();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
