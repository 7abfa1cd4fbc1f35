// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.FailureCounts;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.PolicyKind;
import io.tlsrpt.figures.SessionCounts;
import io.tlsrpt.figures.history.Position;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.MtaStsMode;
import io.tlsrpt.report.ResultType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes reports about example.com as a store gives them. */
final class Kept {
  static final DateRange DAY = range("2026-06-01T00:00:00Z", "2026-06-01T23:59:59Z");

  private Kept() {}

  static DateRange range(String start, String end) {
    return new DateRange(Instant.parse(start), Instant.parse(end));
  }

  static StoredReport report(
      String id,
      DateRange range,
      SessionCounts sessions,
      Map<FailureKind, Long> failures,
      FailureDetails... details) {
    Instant receivedAt = Instant.parse("2026-06-02T15:00:00Z");
    return new StoredReport(
        new Position(receivedAt, 1, 1),
        Optional.of(id),
        new Contribution(
            new DomainName("good.example"),
            receivedAt,
            range,
            new DomainName("example.com"),
            sessions,
            Map.of(PolicyKind.STS, sessions),
            FailureCounts.of(failures),
            MtaStsMode.ENFORCE,
            List.of(details)));
  }

  static FailureDetails failed(String resultType, long sessions, String receivingMx) {
    return new FailureDetails(
        new ResultType(resultType),
        Optional.of("203.0.113.25"),
        Optional.of(receivingMx),
        Optional.empty(),
        Optional.of("198.51.100.7"),
        sessions,
        Optional.empty(),
        Optional.empty());
  }
}
