// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.jmx;

import io.tlsrpt.benchmarks.StoredReports;
import io.tlsrpt.dns.OrganisationalDomain;
import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.report.DomainName;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The states of many domains after three weeks of daily reports; one domain in twenty fails. */
public final class ScaledStates {
  static final FailureWindow WINDOW = FailureWindow.DEFAULT;
  static final FiguresRules RULES = new FiguresRules(WINDOW, OrganisationalDomain::of);
  private static final int REPORTERS = 5;
  private static final int DAYS = 21;
  private static final int ONE_FAILS_IN = 20;

  private final Map<DomainName, DomainState> states = LinkedHashMap.newLinkedHashMap(10_000);
  private final InstantSource clock;

  public ScaledStates(int domains) {
    StoredReports healthy = new StoredReports(domains, REPORTERS, 0);
    StoredReports failing = new StoredReports(domains, REPORTERS, 3);
    for (int i = 0; i < domains; i++) {
      DomainState state = state(i % ONE_FAILS_IN == 0 ? failing : healthy, i);
      states.put(state.domain(), state);
    }
    clock = InstantSource.fixed(healthy.receipt((long) DAYS * healthy.perDay()));
  }

  /** As it grows by folding one report after the other. */
  private static DomainState state(StoredReports reports, int position) {
    DomainState state = DomainState.of(reports.contribution(position).domain());
    for (int i = 0; i < DAYS * REPORTERS; i++) {
      Contribution next = reports.contribution(position + (long) i * reports.domains());
      state = state.plus(next, next.receivedAt(), WINDOW);
    }
    return state;
  }

  InstantSource clock() {
    return clock;
  }

  Map<DomainName, DomainState> states() {
    return states;
  }

  /** What is to be shown, made once. */
  List<DomainFigures> figures() {
    return states.values().stream().map(state -> state.figures(clock.instant(), RULES)).toList();
  }
}
