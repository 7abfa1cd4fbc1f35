// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.event;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.MtaStsMode;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The reporters of a domain now see another MTA-STS mode, by vote.
 *
 * @param time when it was noticed
 */
public record ModeChange(DomainName domain, MtaStsMode from, MtaStsMode to, Instant time)
    implements DomainEvent {
  public ModeChange {
    requireNonNull(domain, "domain");
    requireNonNull(from, "from");
    requireNonNull(to, "to");
    requireNonNull(time, "time");
  }

  /** The change between two states; a domain's first report is no change. */
  static Optional<ModeChange> between(
      DomainState before,
      Instant then,
      DomainState after,
      Instant now,
      UnaryOperator<DomainName> organisationOf) {
    MtaStsMode from = before.mode(then, organisationOf);
    MtaStsMode to = after.mode(now, organisationOf);
    return from == to || before.totals().reports() == 0
        ? Optional.empty()
        : Optional.of(new ModeChange(after.domain(), from, to, now));
  }
}
