// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.domains;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.receiver.port.Exposure;
import io.tlsrpt.report.PolicyDomain;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.ReportStore;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which domains are shown: those of which reports are stored, as long as they are ours. May
 * be used by many threads at once.
 */
public final class ShownDomains {
  private static final Logger LOGGER = LoggerFactory.getLogger(ShownDomains.class);

  private final Exposure exposure;
  private final CurrentDomains ours;
  private final ReportStore store;

  public ShownDomains(Exposure exposure, CurrentDomains ours, ReportStore store) {
    this.exposure = exposure;
    this.ours = ours;
    this.store = store;
  }

  /** The newest states of the domains that are shown. */
  public List<DomainState> states() {
    return exposure.shown().stream().map(store::domain).toList();
  }

  /**
   * Shows domains as they are now, and those no longer that the store has forgotten; what goes
   * wrong here no longer concerns a report.
   */
  public void show(Collection<PolicyDomain> domains) {
    for (PolicyDomain domain : domains) {
      try {
        if (store.domain(domain).totals().reports() > 0) {
          exposure.show(domain);
        } else {
          exposure.hide(domain);
        }
      } catch (Throwable e) {
        LOGGER.error("The figures of {} are counted but cannot be shown", domain, e);
      }
    }
  }

  /** Shows those of some domains that are ours, and no longer whatever the store has forgotten. */
  public void showOurs(Collection<PolicyDomain> known) {
    show(known.stream().filter(d -> ours.standing(d) != DomainStanding.NOT_OURS).toList());
    show(exposure.shown());
  }

  /** Shows no longer what had to give its place to others. */
  public void giveWay(Set<PolicyDomain> domains) {
    for (PolicyDomain domain : domains) {
      LOGGER.warn(
          "The figures of {} are forgotten: it is ours by a pattern only, and its place was needed",
          domain);
    }
    show(domains);
  }

  /** Shows no longer what is not ours now. */
  public void serve(OurDomains now) {
    ours.look(now);
    exposure.shown().stream().filter(now.negate()).forEach(exposure::hide);
  }
}
