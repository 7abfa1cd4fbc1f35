// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static io.tlsrpt.figures.Reports.sts;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.report.DateRange;
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

  private static ReportIdentity identity(
      String reporter, Instant start, Optional<String> id, PolicyResult... entries) {
    TlsReport report =
        new TlsReport(
            Optional.empty(), new DateRange(start, END), Optional.empty(), id, List.of(entries));
    return ReportIdentity.of(new ReceivedReport(reporter, END, report));
  }
}
