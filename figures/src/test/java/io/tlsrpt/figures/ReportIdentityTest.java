// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static io.tlsrpt.figures.Reports.sts;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.TlsReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportIdentityTest {
  private static final Instant START = Instant.parse("2026-05-01T00:00:00Z");
  private static final Instant END = Instant.parse("2026-05-01T23:59:59Z");

  @Test
  void secondArrivalShouldBeTheSameReport() {
    assertThat(identity("a.example", START, Optional.of("1"), sts(1, 0)))
        .isEqualTo(identity("a.example", START, Optional.of("1"), sts(1, 0)));
  }

  @Test
  void contentShouldNotMatterWhereThereIsAnId() {
    assertThat(identity("a.example", START, Optional.of("1"), sts(1, 0)))
        .isEqualTo(identity("a.example", START, Optional.of("1"), sts(2, 5)));
  }

  @Test
  void idsShouldBeUniqueWithinAReporterAndARangeOnly() {
    ReportIdentity report = identity("a.example", START, Optional.of("1"), sts(1, 0));

    assertThat(identity("b.example", START, Optional.of("1"), sts(1, 0))).isNotEqualTo(report);
    assertThat(identity("a.example", START.plusSeconds(3600), Optional.of("1"), sts(1, 0)))
        .isNotEqualTo(report);
    assertThat(identity("a.example", START, Optional.of("2"), sts(1, 0))).isNotEqualTo(report);
  }

  @Test
  void contentShouldBeTheIdentityWithoutAnId() {
    assertThat(identity("a.example", START, Optional.empty(), sts(1, 0)))
        .isEqualTo(identity("a.example", START, Optional.empty(), sts(1, 0)))
        .isNotEqualTo(identity("a.example", START, Optional.empty(), sts(2, 0)));
  }

  @Test
  void absurdRangesShouldGiveWayToTheDayOfReceipt() {
    DateRange dayOfReceipt =
        new DateRange(Instant.parse("2026-05-02T00:00:00Z"), Instant.parse("2026-05-02T23:59:59Z"));
    Instant received = Instant.parse("2026-05-02T15:00:00Z");

    assertThat(range(START, END, received)).isEqualTo(new DateRange(START, END));
    assertThat(range(END, START, received)).isEqualTo(dayOfReceipt);
    assertThat(range(START, START.plusSeconds(33 * 86_400), received)).isEqualTo(dayOfReceipt);
    assertThat(range(received.plusSeconds(86_401), received.plusSeconds(90_000), received))
        .isEqualTo(dayOfReceipt);
  }

  @Test
  void rangeThatEndedLongAgoShouldStandAndBeTooOld() {
    Instant edge = END.plus(ReceivedReport.DEFAULT_RETENTION);

    assertThat(received(START, END, edge).isTooOld()).isFalse();
    assertThat(received(START, END, edge.plusMillis(1)).isTooOld()).isTrue();
    assertThat(received(START, END, edge.plusMillis(1)).range())
        .isEqualTo(new DateRange(START, END));
    // An absurd range can be too old as well.
    assertThat(received(edge, END, edge.plusSeconds(1)).isTooOld()).isTrue();
    assertThat(received(START.minusSeconds(90 * 86_400), END, edge.plusSeconds(1)).isTooOld())
        .isTrue();
  }

  private static DateRange range(Instant start, Instant end, Instant received) {
    return received(start, end, received).range();
  }

  private static ReceivedReport received(Instant start, Instant end, Instant received) {
    TlsReport report =
        new TlsReport(
            Optional.empty(),
            Optional.of(new DateRange(start, end)),
            "",
            Optional.empty(),
            Optional.empty(),
            List.of(sts(1, 0)));
    return new ReceivedReport(
        new DomainName("a.example"), received, report, ReceivedReport.DEFAULT_RETENTION);
  }

  private static ReportIdentity identity(
      String reporter, Instant start, Optional<String> id, PolicyResult... entries) {
    TlsReport report =
        new TlsReport(
            Optional.empty(),
            Optional.of(new DateRange(start, END)),
            "",
            Optional.empty(),
            id,
            List.of(entries));
    return ReportIdentity.of(
        new ReceivedReport(
            new DomainName(reporter), END, report, ReceivedReport.DEFAULT_RETENTION));
  }
}
