// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.figures.history.ReportQuery;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Text that programs read: its names must not change. */
class JsonExportTest {
  private static final Instant NOW = Instant.parse("2026-06-03T00:00:00Z");
  private static final Instant SINCE = Instant.parse("2026-05-27T00:00:00Z");

  @Test
  void reportShouldBeWrittenWithTheNamesOfTheRfc() {
    JsonExport export = new JsonExport(10);
    export.add(report("id-1"));

    assertThat(text(export, Optional.of(new DomainName("example.com"))))
        .isEqualTo(
            """
            {"exported":"2026-06-03T00:00:00Z","received-since":"2026-05-27T00:00:00Z",\
            "policy-domain":"example.com","complete":true,"reports":[\
            {"reporter":"good.example","report-id":"id-1","received":"2026-06-02T15:00:00Z",\
            "date-range":{"start-datetime":"2026-06-01T00:00:00Z",\
            "end-datetime":"2026-06-01T23:59:59Z"},\
            "policy-domain":"example.com","policy-mode":"enforce",\
            "summary":{"total-successful-session-count":97,"total-failure-session-count":3},\
            "summary-by-policy-type":{"sts":\
            {"total-successful-session-count":97,"total-failure-session-count":3}},\
            "failures-by-result-type":{"certificate-expired":3},\
            "failure-details":[{"result-type":"certificate-expired","failed-session-count":3,\
            "sending-mta-ip":"203.0.113.25","receiving-mx-hostname":"mx1.example.com",\
            "receiving-ip":"198.51.100.7"}]}]}\
            """);
  }

  @Test
  void exportOfNothingShouldBeComplete() {
    assertThat(text(new JsonExport(10), Optional.empty()))
        .isEqualTo(
            """
            {"exported":"2026-06-03T00:00:00Z","received-since":"2026-05-27T00:00:00Z",\
            "complete":true,"reports":[]}\
            """);
  }

  @Test
  void textShouldBeAscii() {
    JsonExport export = new JsonExport(10);
    export.add(report("\u00fc\ud83d\ude00\"\n"));

    assertThat(text(export, Optional.empty()))
        .contains("\"report-id\":\"\\u00FC\\uD83D\\uDE00\\\"\\n\"");
  }

  @Test
  void reportBeyondTheMostShouldMakeItIncomplete() {
    JsonExport export = new JsonExport(2);

    assertThat(export.add(report("first"))).isTrue();
    assertThat(export.add(report("second"))).isTrue();
    assertThat(text(export, Optional.empty())).contains("\"complete\":true");

    assertThat(export.add(report("third"))).isFalse();
    assertThat(text(export, Optional.empty()))
        .contains("\"complete\":false", "first", "second")
        .doesNotContain("third");
  }

  @Test
  void textShouldEndAtAMebibyte() {
    JsonExport export = new JsonExport(100_000);
    int added = 0;
    while (export.add(report("x".repeat(255)))) {
      added++;
    }

    assertThat(added).isGreaterThan(1_000);
    assertThat(text(export, Optional.empty()))
        .hasSizeBetween((1 << 20) - 2_000, (1 << 20) + 200)
        .contains("\"complete\":false");
  }

  private static String text(JsonExport export, Optional<DomainName> domain) {
    ReportQuery all = ReportQuery.since(SINCE, 10);
    return export.text(NOW, domain.map(all::of).orElse(all));
  }

  private static StoredReport report(String id) {
    return Kept.report(
        id,
        Kept.DAY,
        new SessionCounts(97, 3),
        Map.of(FailureKind.CERTIFICATE_EXPIRED, 3L),
        Kept.failed("certificate-expired", 3, "mx1.example.com"));
  }
}
