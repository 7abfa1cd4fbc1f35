// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.event;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.Optional;

/**
 * A domain begins to lose mail, or ceases to: a failure is active for which senders keep mail back,
 * or none is any more.
 *
 * @param begins whether it begins; else it ceases
 * @param time when it was noticed
 */
public record MailLoss(DomainName domain, boolean begins, Instant time) implements DomainEvent {
  public MailLoss {
    requireNonNull(domain, "domain");
    requireNonNull(time, "time");
  }

  static Optional<MailLoss> between(
      DomainState before, Instant then, DomainState after, Instant now, FailureWindow window) {
    boolean losing = after.isLosingMail(now, window);
    return losing == before.isLosingMail(then, window)
        ? Optional.empty()
        : Optional.of(new MailLoss(after.domain(), losing, now));
  }
}
