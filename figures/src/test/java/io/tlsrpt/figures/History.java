// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures;

import static io.tlsrpt.figures.Reports.failed;

import io.tlsrpt.figures.event.Transition;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.FailureDetails;
import io.tlsrpt.report.PolicyResult;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The reports about example.com as they come in, and what is noticed. */
final class History {
  static final FailureWindow WINDOW = FailureWindow.DEFAULT;
  private static final DomainName ALL_OF_BIG = new DomainName("big.example");
  static final FiguresRules RULES =
      new FiguresRules(WINDOW, reporter -> reporter.isWithin(ALL_OF_BIG) ? ALL_OF_BIG : reporter);
  static final String GOOD = "good.example";
  static final String BIG = "big.example";

  /** Monday is the 1st of 2026-06. */
  static final LocalDate MONDAY = LocalDate.parse("2026-06-01");

  private DomainState state = DomainState.of(Reports.DOMAIN);
  private Instant lastLook = Instant.EPOCH;
  private final List<Transition> transitions = new ArrayList<>();

  DomainState state() {
    return state;
  }

  void receive(String reporter, LocalDate day, Instant receivedAt, PolicyResult... entries) {
    DomainState before = state;
    state =
        state.plus(
            Reports.contribution(Reports.report(reporter, day, receivedAt, entries)),
            receivedAt,
            WINDOW);
    transitions.addAll(Transition.between(before, lastLook, state, receivedAt, WINDOW));
    lastLook = receivedAt;
  }

  /** What is to be shown at a time. */
  DomainFigures at(Instant now) {
    transitions.addAll(Transition.between(state, lastLook, state, now, WINDOW));
    lastLook = now;
    return state.figures(now, RULES);
  }

  /** What has been noticed since the last question: kind, change and time. */
  List<String> transitions() {
    List<String> told =
        transitions.stream().map(t -> t.kind().key() + " " + t.change() + " " + t.time()).toList();
    transitions.clear();
    return told;
  }

  static FailureDetails expired(long sessions) {
    return failed("certificate-expired", sessions);
  }

  static Instant time(LocalDate day, int hour) {
    return Instant.parse(day + "T00:00:00Z").plus(Duration.ofHours(hour));
  }
}
