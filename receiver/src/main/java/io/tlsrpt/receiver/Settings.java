// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import io.tlsrpt.dns.OrganisationalDomain;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.receiver.domains.DomainPattern;
import io.tlsrpt.receiver.intake.ReporterChoice;
import io.tlsrpt.report.ReportLimits;
import io.tlsrpt.store.Database;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What all blocks of the mailet have in common.
 *
 * @param domains accepted beside those that the server serves
 * @param trustedAuthservId the gateway whose word is taken in place of an own verification
 * @param maxReporters of one domain, at most
 * @param maxDomains monitored domains at most
 * @param database if it is not to be the one in the server's directory
 * @param retention how long reports are kept
 */
public record Settings(
    Set<DomainPattern> domains,
    DkimMode dkim,
    Optional<String> trustedAuthservId,
    ReporterChoice reporters,
    int maxReporters,
    ReportLimits limits,
    int maxDomains,
    Optional<Database> database,
    Duration retention,
    FailureWindow failureWindow) {
  public FiguresRules figuresRules() {
    return new FiguresRules(failureWindow, OrganisationalDomain::of);
  }
}
