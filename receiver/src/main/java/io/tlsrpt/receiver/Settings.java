// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import io.tlsrpt.dns.OrganisationalDomain;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.receiver.domains.DomainPattern;
import io.tlsrpt.receiver.intake.ReporterFilter;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.store.Database;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings of a receiver.
 *
 * @param domains whose reports count, in addition to those that the server serves
 * @param trustedAuthservId the gateway that verifies signatures; empty if we verify them
 * @param maxReporters the most reporters of one domain
 * @param maxDomains the most monitored domains
 * @param database where reports are stored; empty for the file in the server's directory
 * @param retention how long reports are kept
 */
public record Settings(
    Set<DomainPattern> domains,
    DkimMode dkim,
    Optional<String> trustedAuthservId,
    ReporterFilter reporters,
    int maxReporters,
    ReportLimits limits,
    int maxDomains,
    Optional<Database> database,
    Duration retention,
    FailureWindow failureWindow) {
  /** The rules by which the receiver judges the figures of a domain. */
  public FiguresRules figuresRules() {
    return new FiguresRules(failureWindow, OrganisationalDomain::of);
  }

  /** What servers that share a database should have alike, by the names of the parameters. */
  Map<String, String> alike() {
    return Map.of(
        "failureWindow", hours(failureWindow.length()),
        "retention", hours(retention),
        "maxReporters", String.valueOf(maxReporters),
        "maxDomains", String.valueOf(maxDomains),
        "reporters", names(reporters.allowed()),
        "ignoredReporters", names(reporters.ignored()));
  }

  private static String hours(Duration time) {
    return time.toHours() + " hours";
  }

  private static String names(Set<DomainName> domains) {
    return domains.stream().map(DomainName::value).sorted().collect(Collectors.joining(", "));
  }
}
