// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.event;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.Optional;

/**
 * The very first report about a domain has been counted. Totals outlive restarts and retention, so
 * this happens once in a domain's life.
 *
 * @param time when it was noticed
 */
public record FirstReport(DomainName domain, Instant time) implements DomainEvent {
  public FirstReport {
    requireNonNull(domain, "domain");
    requireNonNull(time, "time");
  }

  static Optional<FirstReport> between(DomainState before, DomainState after, Instant now) {
    return before.totals().reports() == 0 && after.totals().reports() > 0
        ? Optional.of(new FirstReport(after.domain(), now))
        : Optional.empty();
  }
}
