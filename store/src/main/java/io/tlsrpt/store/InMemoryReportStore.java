// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.RejectionReason;
import io.tlsrpt.figures.ReportContent;
import io.tlsrpt.figures.ReportIdentity;
import io.tlsrpt.figures.ReportOutcome;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.report.PolicyDomain;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store that lasts as long as the process. Bounded: at most {@code maxDomains} domains, and of
 * reports the last 100,000 identities, which is a month of 1,000 domains with three reporters each.
 */
public final class InMemoryReportStore implements ReportStore {
  private static final int MAX_IDENTITIES = 100_000;

  private final int maxDomains;
  private final ReporterLimit reporterLimit;
  private final FailureWindow window;
  private final Map<PolicyDomain, DomainState> domains = new HashMap<>();
  private final Map<ReportIdentity, ReportContent> seen = newest(MAX_IDENTITIES);
  private final Map<ReportContent, Boolean> said = newest(MAX_IDENTITIES);

  public InMemoryReportStore(int maxDomains, ReporterLimit reporterLimit, FailureWindow window) {
    this.maxDomains = maxDomains;
    this.reporterLimit = requireNonNull(reporterLimit, "reporterLimit");
    this.window = requireNonNull(window, "window");
  }

  private static <K, V> Map<K, V> newest(int atMost) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > atMost;
      }
    };
  }

  @Override
  public synchronized StoreOutcome commit(
      ReportIdentity identity, ReportContent content, List<Contribution> contributions) {
    ReportContent first = seen.get(identity);
    if (first != null) {
      return new StoreOutcome.AlreadyStored(content.equals(first));
    }
    Optional<ReportOutcome.Rejected> refusal = refusal(contributions);
    if (refusal.isPresent()) {
      return new StoreOutcome.Refused(refusal.get());
    }
    // All states before the first change: what breaks here leaves nothing behind.
    List<DomainState> states = contributions.stream().map(this::stateAfter).toList();
    states.forEach(state -> domains.put(state.domain(), state));
    seen.put(identity, content);
    boolean contentKnown = said.put(content, true) != null;
    return new StoreOutcome.Stored(states, contentKnown);
  }

  private DomainState stateAfter(Contribution contribution) {
    PolicyDomain domain = contribution.domain();
    return domains.getOrDefault(domain, DomainState.of(domain)).plus(contribution, window);
  }

  private Optional<ReportOutcome.Rejected> refusal(List<Contribution> contributions) {
    int added = 0;
    for (Contribution contribution : contributions) {
      DomainState known = domains.get(contribution.domain());
      if (known == null && domains.size() + ++added > maxDomains) {
        return refusal(
            RejectionReason.DOMAIN_LIMIT,
            contribution.domain() + " would be one more than maxDomains = " + maxDomains);
      }
      if (known != null
          && !known.admits(contribution.reporter(), contribution.receivedAt(), reporterLimit)) {
        return refusal(
            RejectionReason.REPORTER_LIMIT,
            contribution.reporter()
                + " would be one more reporter of "
                + contribution.domain()
                + " than maxReporters = "
                + reporterLimit.perDomain()
                + ", or than "
                + ReporterLimit.PER_ORGANISATION
                + " of one organisation");
      }
    }
    return Optional.empty();
  }

  private static Optional<ReportOutcome.Rejected> refusal(RejectionReason reason, String detail) {
    return Optional.of(new ReportOutcome.Rejected(reason, detail));
  }

  @Override
  public synchronized Collection<DomainState> domains() {
    return List.copyOf(domains.values());
  }

  @Override
  public void close() {
    // Nothing outlives the process.
  }
}
