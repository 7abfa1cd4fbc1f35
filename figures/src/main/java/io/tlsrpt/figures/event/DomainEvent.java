// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.event;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.report.DomainName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Something about a domain that an administrator wants to be told when it happens. */
public sealed interface DomainEvent permits Transition, MailLoss, ModeChange, FirstReport {
  DomainName domain();

  /** When it was noticed. */
  Instant time();

  /**
   * The events between two states of a domain, in order.
   *
   * @param before the earlier state, as at the time {@code then}
   * @param after the later state, as at the time {@code now}
   */
  static List<DomainEvent> between(
      DomainState before, Instant then, DomainState after, Instant now, FiguresRules rules) {
    List<DomainEvent> events =
        new ArrayList<>(Transition.between(before, then, after, now, rules.window()));
    MailLoss.between(before, then, after, now, rules.window()).ifPresent(events::add);
    ModeChange.between(before, then, after, now, rules.organisationOf()).ifPresent(events::add);
    FirstReport.between(before, after, now).ifPresent(events::add);
    return List.copyOf(events);
  }
}
