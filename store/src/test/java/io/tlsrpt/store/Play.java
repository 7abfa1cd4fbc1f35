// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.store;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureKind;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.figures.event.Transition;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.PlainReport.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Plays a history to a store and to the plain model, and compares them after each step. */
public final class Play {
  private static final FailureWindow WINDOW = FailureWindow.DEFAULT;
  private static final FiguresRules RULES =
      new FiguresRules(
          WINDOW, reporter -> new DomainName(PlainDomain.organisation(reporter.value())));
  private static final List<String> DOMAINS = List.of("a.example", "b.example", "c.example");
  private static final int ALL = 1_000;

  private final Function<InstantSource, ReportStore> opening;
  private final PlainStore model = new PlainStore();
  private final List<PlainReport> sent = new ArrayList<>();
  private final Map<String, DomainState> compared = new HashMap<>();
  private ReportStore store;
  private Instant clock = Instant.parse("2026-06-01T12:00:00.007Z");
  private Instant lastLook = clock;

  public Play(Function<InstantSource, ReportStore> opening) {
    this.opening = opening;
    this.store = opening.apply(() -> clock);
  }

  public void play(List<Step> history) {
    try {
      for (Step step : history) {
        play(step);
        compare();
      }
    } finally {
      store.close();
    }
  }

  private void play(Step step) {
    switch (step) {
      case Step.Mail(List<Step.Written> reports, Duration waited) -> {
        Instant receipt = clock.minus(waited);
        receive(reports.stream().map(report -> report.at(receipt)).toList(), receipt);
      }
      case Step.Again(int back, Step.How how) when !sent.isEmpty() ->
          receive(List.of(changed(sent.get(Math.max(0, sent.size() - 1 - back)), how)));
      case Step.Again tooEarly -> {}
      case Step.Clock(Duration by) -> {
        clock = clock.plus(by);
        receive(List.of());
      }
      case Step.Days(int days, List<Step.Written> reports) -> {
        for (int day = 0; day < days; day++) {
          clock = clock.plus(Duration.ofDays(1));
          int number = day;
          receive(
              reports.stream()
                  .map(report -> report.at(clock))
                  .map(report -> report.withId(report.id().orElse("") + "." + number))
                  .toList());
        }
      }
      case Step.Restart() -> unchanged(this::restart);
      case Step.Forgetting(int days) -> {
        // As in Housekeeping: a clock that is ahead must not make reports old.
        Instant now = store.latestRangeEnd().filter(clock::isAfter).orElse(clock);
        Instant before = now.minus(Duration.ofDays(days));
        store.forget(before, now, domain -> PlainStore.standing(domain.value()));
        model.forget(before, now);
        compared.clear();
      }
      case Step.Retention(int days) -> {
        Instant before = clock.minus(Duration.ofDays(days));
        unchanged(
            () ->
                assertThat(store.deleteReports(before, ALL))
                    .isEqualTo(model.deleteReports(before)));
      }
    }
  }

  private static PlainReport changed(PlainReport report, Step.How how) {
    return switch (how) {
      case AS_IT_WAS -> report;
      case UNDER_ANOTHER_ID -> report.withId(report.id().orElse("") + "'");
      case WITH_OTHER_COUNTS ->
          report.withEntries(
              report.entries().stream()
                  .map(
                      e ->
                          new Entry(
                              e.domain(),
                              e.policy(),
                              e.mode(),
                              e.successful() + 1,
                              e.failed(),
                              e.details()))
                  .toList());
    };
  }

  private void restart() {
    store.close();
    store = opening.apply(() -> clock);
  }

  private void unchanged(Runnable step) {
    Map<DomainName, DomainState> before = states();
    step.run();
    assertThat(states()).isEqualTo(before);
  }

  private Map<DomainName, DomainState> states() {
    return store.domains().stream().collect(toMap(DomainState::domain, Function.identity()));
  }

  /** Commits the reports of a mail, or none if only time passes, and compares the events. */
  private void receive(List<PlainReport> mail) {
    receive(mail, clock);
  }

  private void receive(List<PlainReport> mail, Instant receipt) {
    Map<String, DomainState> before = new HashMap<>();
    Map<String, List<String>> told = new HashMap<>();
    Map<String, Set<FailureKind>> active = new HashMap<>();
    for (String domain : DOMAINS) {
      PlainDomain plain = model.domain(domain);
      before.put(domain, state(domain));
      told.put(domain, plain.changes(plain.active(lastLook), clock));
      active.put(domain, plain.active(clock));
    }

    List<StoreOutcome> outcomes =
        store.commit(mail.stream().map(report -> report.receivedAt(receipt)).toList());
    assertThat(outcomes)
        .isEqualTo(mail.stream().map(report -> model.accept(report, receipt, clock)).toList());
    sent.addAll(mail);

    for (String domain : DOMAINS) {
      List<String> byReports =
          model.domain(domain).changes(active.getOrDefault(domain, Set.of()), clock);
      assertThat(
              Transition.between(
                  before.getOrDefault(domain, state(domain)),
                  lastLook,
                  state(domain),
                  clock,
                  WINDOW))
          .extracting(one -> one.kind().key() + " " + one.change())
          .as("transitions of %s at %s", domain, clock)
          .isEqualTo(
              Stream.concat(told.getOrDefault(domain, List.of()).stream(), byReports.stream())
                  .toList());
    }
    lastLook = clock;
  }

  private void compare() {
    assertThat(store.domains())
        .extracting(state -> state.domain().value())
        .containsExactlyInAnyOrderElementsOf(model.domains());
    for (String domain : model.domains()) {
      DomainState state = state(domain);
      PlainDomain plain = model.domain(domain);
      boolean changed = !state.equals(compared.put(domain, state));
      Stream<Instant> looks = changed ? looks(plain) : Stream.of(clock);
      looks.forEach(
          look -> {
            DomainFigures actual = withoutWords(state.figures(look, RULES));
            DomainFigures expected = plain.figures(look);
            if (!actual.equals(expected)) {
              // Slower, but says where they differ.
              assertThat(actual)
                  .as("%s at %s", domain, look)
                  .usingRecursiveComparison()
                  .isEqualTo(expected);
            }
          });
    }
  }

  /** Now, before and after it, and times at which something ends by time alone. */
  private Stream<Instant> looks(PlainDomain plain) {
    Stream<Instant> around =
        Stream.of(-100, 0, 20, 75, 300).map(hours -> clock.plus(Duration.ofHours(hours)));
    Stream<Instant> edges =
        plain.last().stream()
            .flatMap(
                last ->
                    Stream.of(
                        last.receipt().plus(PlainDomain.WINDOW),
                        last.end().plus(PlainDomain.WINDOW).plus(PlainDomain.DELIVERY),
                        last.receipt().plus(PlainDomain.VOTING_TIME),
                        last.receipt().plus(PlainDomain.SILENCE),
                        last.receipt().plus(Duration.ofDays(3)).plusMillis(1)))
            .flatMap(edge -> Stream.of(edge.minusMillis(1), edge));
    return Stream.concat(around, edges);
  }

  private static DomainFigures withoutWords(DomainFigures figures) {
    return new DomainFigures(
        figures.domain(),
        figures.totals(),
        figures.active(),
        figures.activeFailures(),
        figures.losingMail(),
        figures.oldestActiveFailure(),
        figures.newestActiveFailure(),
        figures.mode(),
        figures.reporters(),
        figures.reportersOverdue(),
        figures.enforceReady() ? List.of() : PlainDomain.NOT_READY,
        figures.failures());
  }

  private DomainState state(String domain) {
    return store.domain(new DomainName(domain));
  }
}
