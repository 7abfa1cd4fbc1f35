// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store.fold;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.Contribution;
import java.time.LocalDate;

/** A day about which a reporter of a domain reports. */
public record ReporterDay(LocalDate day, DomainReporter whose) {
  public ReporterDay {
    requireNonNull(day, "day");
    requireNonNull(whose, "whose");
  }

  static ReporterDay of(Contribution contribution) {
    return new ReporterDay(contribution.day(), DomainReporter.of(contribution));
  }
}
