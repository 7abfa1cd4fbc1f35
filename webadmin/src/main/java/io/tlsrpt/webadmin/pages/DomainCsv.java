// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.view.DomainRow;
import io.tlsrpt.webadmin.markup.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Domains as a table for a spreadsheet. */
final class DomainCsv {
  private static final List<String> HEADER =
      List.of(
          "domain",
          "state",
          "policyMode",
          "enforceReady",
          "activeFailures",
          "activeSessions",
          "failureRatio",
          "failingTypes",
          "oldestActiveFailure",
          "reporters",
          "reportersOverdue",
          "lastReportTime",
          "lastReportEnd");

  private DomainCsv() {}

  static Csv of(List<DomainRow> rows, Instant time) {
    return new Csv(
        "tls-domains-" + LocalDate.ofInstant(time, ZoneOffset.UTC),
        HEADER,
        rows.stream().map(DomainCsv::cells).toList());
  }

  private static List<String> cells(DomainRow row) {
    DomainFigures domain = row.figures();
    return List.of(
        domain.domain().value(),
        row.health().key(),
        domain.mode().key(),
        Boolean.toString(domain.enforceReady()),
        Long.toString(domain.active().failed()),
        Long.toString(domain.active().total()),
        String.format(Locale.ROOT, "%.4f", domain.failureRatio()),
        domain.activeFailures().kinds().stream()
            .map(FailureKind::key)
            .collect(Collectors.joining(" ")),
        text(domain.oldestActiveFailure()),
        Long.toString(domain.reporters()),
        Long.toString(domain.reportersOverdue()),
        text(domain.totals().lastReportTime().map(Words::second)),
        text(domain.totals().lastReportEnd().map(Words::second)));
  }

  private static String text(Optional<?> value) {
    return value.map(Object::toString).orElse("");
  }
}
