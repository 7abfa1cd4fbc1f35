// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import java.util.Locale;

/** How a domain is, in one word; the worst first. */
public enum DomainHealth {
  /** A failure is active for which senders keep mail back. */
  LOSING,
  /** A failure is active, and senders deliver nevertheless. */
  FAILING,
  /**
   * Nothing fails as far as anybody says, but a reporter is silent for longer than is usual for it,
   * or all have been silent for the failure window.
   */
  SILENT,
  /** No report has ever come. */
  NEVER,
  /** Nothing fails, and the reporters report. */
  FINE;

  /** The health that a domain's figures tell. */
  public static DomainHealth of(DomainFigures domain) {
    if (domain.losingMail()) {
      return LOSING;
    } else if (domain.failing()) {
      return FAILING;
    } else if (domain.totals().reports() == 0) {
      return NEVER;
    }
    return domain.reportersOverdue() > 0 || domain.reporters() == 0 ? SILENT : FINE;
  }

  /** As in addresses and JSON: lower case. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
