// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import static io.tlsrpt.figures.FailureKind.CERTIFICATE_EXPIRED;
import static io.tlsrpt.figures.FailureKind.OTHER;
import static io.tlsrpt.figures.FailureKind.UNSPECIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.FailureDetails;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A report as rows: each way in which sessions ended, and how many. */
class ReportRowTest {
  private static final FailureDetails EXPIRED =
      Kept.failed("certificate-expired", 3, "mx1.example.com");

  @Test
  void failuresShouldComeFirstTheMostFrequentFirst() {
    StoredReport report =
        report(
            new SessionCounts(90, 13),
            Map.of(CERTIFICATE_EXPIRED, 3L, OTHER, 10L),
            EXPIRED,
            Kept.failed("invented", 10, "mx2.example.com"));

    assertThat(rows(ReportRow.all(report)))
        .containsExactly("invented 10", "certificate-expired 3", "success 90");
    assertThat(rows(ReportRow.failures(report)))
        .containsExactly("invented 10", "certificate-expired 3");
  }

  @Test
  void failuresThatNoDetailExplainsShouldHaveARowOfTheirKind() {
    StoredReport report =
        report(new SessionCounts(0, 9), Map.of(CERTIFICATE_EXPIRED, 5L, UNSPECIFIED, 4L), EXPIRED);

    assertThat(rows(ReportRow.all(report)))
        .containsExactly("unspecified 4", "certificate-expired 3", "certificate-expired 2");
    assertThat(ReportRow.all(report))
        .extracting(row -> row.detail(FailureDetails::receivingMxHostname))
        .containsExactly("", "mx1.example.com", "");
  }

  @Test
  void kindShouldBeWhatTheSessionsCountAs() {
    StoredReport report =
        report(
            new SessionCounts(90, 20),
            Map.of(CERTIFICATE_EXPIRED, 3L, OTHER, 10L, UNSPECIFIED, 7L),
            EXPIRED,
            Kept.failed("invented", 8, "mx2.example.com"));

    assertThat(ReportRow.all(report))
        .extracting(ReportRow::resultType, ReportRow::kind)
        .containsExactly(
            tuple("invented", Optional.of(OTHER)),
            tuple("unspecified", Optional.of(UNSPECIFIED)),
            tuple("certificate-expired", Optional.of(CERTIFICATE_EXPIRED)),
            tuple("other", Optional.of(OTHER)),
            tuple("success", Optional.empty()));
    assertThat(ReportRow.all(report)).extracting(ReportRow::stored).containsOnly(report);
  }

  @Test
  void reportWithoutSessionsShouldHaveOneRow() {
    StoredReport report = report(SessionCounts.NONE, Map.of());

    assertThat(rows(ReportRow.all(report))).containsExactly("success 0");
    assertThat(ReportRow.failures(report)).isEmpty();
  }

  @Test
  void textOfTheSenderShouldBePlain() {
    StoredReport report =
        report(
            new SessionCounts(0, 1),
            Map.of(CERTIFICATE_EXPIRED, 1L),
            Kept.failed("certificate-expired", 1, "<html>"));

    assertThat(ReportRow.failures(report).getFirst().detail(FailureDetails::receivingMxHostname))
        .isEqualTo("\\u003chtml>");
  }

  private static StoredReport report(
      SessionCounts sessions, Map<FailureKind, Long> failures, FailureDetails... details) {
    return Kept.report("1", Kept.DAY, sessions, failures, details);
  }

  private static List<String> rows(List<ReportRow> rows) {
    return rows.stream().map(row -> row.resultType() + " " + row.sessions()).toList();
  }
}
