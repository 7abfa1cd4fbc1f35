// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.domains;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.receiver.port.Exposure;
import io.tlsrpt.report.DomainName;
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

  /** Shows through an exposure what a store knows of our domains. */
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
   * Shows domains as they are now, and hides those that the store has forgotten. A failure is only
   * logged, since the reports have been committed by then.
   */
  public void show(Collection<DomainName> domains) {
    for (DomainName domain : domains) {
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

  /** Shows those of some domains that are ours, and hides all that the store has forgotten. */
  public void showOurs(Collection<DomainName> known) {
    showThoseOfOurs(known);
    show(exposure.shown());
  }

  /** Shows those of some domains that are ours: another server may call its own what we do not. */
  public void showThoseOfOurs(Collection<DomainName> some) {
    show(some.stream().filter(d -> ours.standing(d) != DomainStanding.NOT_OURS).toList());
  }

  /** Hides domains whose places were needed for others. */
  public void giveWay(Set<DomainName> domains) {
    for (DomainName domain : domains) {
      LOGGER.warn(
          "The figures of {} are deleted: no list has that domain by its name; its place was needed",
          domain);
    }
    show(domains);
  }

  /** Takes the list of our domains as it is now, and hides those that are not ours. */
  public void serve(OurDomains now) {
    ours.look(now);
    exposure.shown().stream().filter(now.negate()).forEach(exposure::hide);
  }
}
