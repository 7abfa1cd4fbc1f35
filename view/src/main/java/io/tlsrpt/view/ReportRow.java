// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.view;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.history.StoredReport;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.PlainText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sessions of one report and domain that ended in one way.
 *
 * @param stored the report
 * @param kind what the sessions count as in figures; empty if they did not fail
 * @param resultType as the sender wrote it; {@value #SUCCESS}; or {@code unspecified}
 * @param details where and how the sessions failed; empty if they did not fail, if the report does
 *     not say, or if there was no room to store it
 */
public record ReportRow(
    StoredReport stored,
    Optional<FailureKind> kind,
    String resultType,
    long sessions,
    Optional<FailureDetails> details) {
  /** The result type of sessions that did not fail. */
  public static final String SUCCESS = "success";

  /** The failures of a report, those with the most sessions first. */
  public static List<ReportRow> failures(StoredReport kept) {
    Contribution report = kept.contribution();
    List<ReportRow> rows = new ArrayList<>();
    for (FailureDetails details : report.details()) {
      rows.add(
          new ReportRow(
              kept,
              Optional.of(FailureKind.of(details.resultType())),
              details.resultType().value(),
              details.failedSessionCount(),
              Optional.of(details)));
    }
    Map<FailureKind, Long> detailed =
        report.details().stream()
            .collect(
                Collectors.groupingBy(
                    details -> FailureKind.of(details.resultType()),
                    Collectors.summingLong(FailureDetails::failedSessionCount)));
    for (FailureKind kind : report.failures().kinds()) {
      // Failures without details: unspecified ones, and those whose details were not stored.
      long others = report.failures().of(kind) - detailed.getOrDefault(kind, 0L);
      if (others > 0) {
        rows.add(new ReportRow(kept, Optional.of(kind), kind.key(), others, Optional.empty()));
      }
    }
    rows.sort(Comparator.comparingLong(ReportRow::sessions).reversed());
    return rows;
  }

  /** The failures of a report, and after them the sessions that did not fail. */
  public static List<ReportRow> all(StoredReport kept) {
    List<ReportRow> rows = failures(kept);
    long successful = kept.contribution().headline().successful();
    if (successful > 0 || rows.isEmpty()) {
      rows.add(new ReportRow(kept, Optional.empty(), SUCCESS, successful, Optional.empty()));
    }
    return rows;
  }

  /** What the report says of the domain. */
  public Contribution report() {
    return stored.contribution();
  }

  public String reporter() {
    return report().reporter().value();
  }

  public String policyDomain() {
    return report().domain().value();
  }

  public String policyMode() {
    return report().mode().key();
  }

  /** Empty if the report does not say. */
  public String detail(Function<FailureDetails, Optional<String>> which) {
    return details.flatMap(which).map(PlainText::of).orElse("");
  }
}
