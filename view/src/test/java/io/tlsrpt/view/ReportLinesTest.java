// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.FailureDetails;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows as a person reads them, in columns as wide as they must be. */
class ReportLinesTest {
  @Test
  void columnsShouldStandBelowOneAnother() {
    assertThat(lines(Kept.DAY, "certificate-expired", "mx1.example.com"))
        .containsExactly(
            "good.example  example.com  enforce  certificate-expired  3   mx1.example.com"
                + "  198.51.100.7  203.0.113.25  2026-06-01",
            "good.example  example.com  enforce  success              97  -              "
                + "  -             -             2026-06-01");
  }

  @Test
  void noRowsShouldBeNoLines() {
    assertThat(ReportLines.of(List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-01T00:00:00Z, 2026-06-01T23:59:59Z, 2026-06-01",
    // An end at midnight belongs to the day before.
    "2026-06-01T00:00:00Z, 2026-06-02T00:00:00Z, 2026-06-01",
    "2026-06-01T07:00:00Z, 2026-06-02T06:59:59Z, 2026-06-01/2026-06-02",
    "2026-06-01T00:00:00Z, 2026-06-08T00:00:00Z, 2026-06-01/2026-06-07",
    "2026-06-01T00:00:00Z, 2026-06-01T00:00:00Z, 2026-06-01",
  })
  void rangeShouldBeShownAsItsDays(String start, String end, String days) {
    assertThat(lines(Kept.range(start, end), "other", "mx1.example.com"))
        .allSatisfy(line -> assertThat(line).endsWith("  " + days));
  }

  @Test
  void longTextShouldBeCutAndHarmlessInItsColumn() {
    assertThat(lines(Kept.DAY, "other", "x".repeat(65)).getFirst())
        .contains("  " + "x".repeat(64) + "…  ");
    assertThat(lines(Kept.DAY, "<b>", "mx1.example.com").getFirst()).contains("  \\u003cb>  ");
  }

  private static List<String> lines(DateRange range, String resultType, String receivingMx) {
    FailureDetails failed = Kept.failed(resultType, 3, receivingMx);
    StoredReport report =
        Kept.report(
            "1",
            range,
            new SessionCounts(97, 3),
            Map.of(FailureKind.of(failed.resultType()), 3L),
            failed);
    return ReportLines.of(ReportRow.all(report));
  }
}
