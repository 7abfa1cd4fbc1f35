// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet.james;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.checks.CheckedDomains;
import io.tlsrpt.checks.judgement.ReportedFacts;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReporterFigures;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.view.FiguresSource;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.stream.Collectors;

/** The domains of a receiver, as its checks ask for them. */
public record ReceiverDomains(FiguresSource source) implements CheckedDomains {
  private static final int DAYS_OF_A_VOTE = 14;

  public ReceiverDomains {
    requireNonNull(source, "source");
  }

  @Override
  public Collection<DomainName> all() {
    return source.named();
  }

  /** An MX host of ours, too, is a domain of reports. But the server takes no mail for it. */
  @Override
  public boolean isOurs(DomainName domain) {
    return source.isOurs(domain) && !source.postures().ownHosts().contains(domain);
  }

  @Override
  public ReportedFacts reported(DomainName domain) {
    Instant now = source.now();
    DomainState state = source.domain(domain);
    LocalDate oldest = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(DAYS_OF_A_VOTE);
    return new ReportedFacts(
        state.totals().lastReportTime(),
        state.mode(now, source.rules().organisationOf()),
        state.reporterFigures(now).stream()
            .filter(reporter -> reporter.newestDay().isAfter(oldest))
            .collect(
                Collectors.toUnmodifiableMap(ReporterFigures::reporter, ReporterFigures::mode)));
  }
}
