// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.tlsrpt.figures.Contribution;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.figures.ReceivedReport;
import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.event.FirstReport;
import io.tlsrpt.figures.event.MailLoss;
import io.tlsrpt.figures.event.ModeChange;
import io.tlsrpt.figures.event.Transition;
import io.tlsrpt.report.DateRange;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.Policy;
import io.tlsrpt.report.PolicyResult;
import io.tlsrpt.report.PolicyType;
import io.tlsrpt.report.ReportedFailures;
import io.tlsrpt.report.Summary;
import io.tlsrpt.report.TlsReport;
import io.tlsrpt.store.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events are told once and in order, and a slow listener does not delay commits. */
class DomainMonitorTest {
  private static final DomainName DOMAIN = new DomainName("example.com");
  private static final FiguresRules RULES =
      new FiguresRules(FailureWindow.DEFAULT, reporter -> reporter);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final LocalDate MONDAY = LocalDate.parse("2026-06-01");

  private final Map<DomainName, DomainState> states = new ConcurrentHashMap<>();
  private final AtomicReference<Instant> clock =
      new AtomicReference<>(Instant.parse("2026-06-06T15:00:00Z"));
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> firstReports = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> losses = new LinkedBlockingQueue<>();
  private final CountDownLatch mayReturn = new CountDownLatch(1);
  private volatile boolean blocked;
  private volatile boolean own = true;
  private final DomainMonitor monitor =
      new DomainMonitor(states::values, domain -> own, RULES, clock::get, PAUSE, this::tell);

  private void tell(DomainEvent event, DomainState after) {
    switch (event) {
      case Transition t -> told.add(t.domain() + " " + t.kind().key() + " " + t.change());
      case ModeChange c -> told.add(c.domain() + " " + c.from().key() + " > " + c.to().key());
      case FirstReport first -> firstReports.add(first.domain().value());
      case MailLoss loss -> losses.add(loss.begins());
    }
    if (blocked) {
      try {
        mayReturn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @AfterEach
  void close() {
    mayReturn.countDown();
    monitor.close();
  }

  @Test
  void everyTransitionShouldBeToldInOrderHoweverFastTheyCome() throws InterruptedException {
    monitor.start();
    receive(MONDAY, "enforce", 5, 2);
    receive(MONDAY.plusDays(1), "enforce", 5, 0);
    receive(MONDAY.plusDays(1), "enforce", 5, 3);
    receive(MONDAY.plusDays(2), "enforce", 5, 0);

    assertThat(List.of(next(), next(), next(), next()))
        .containsExactly(
            "example.com unspecified STARTED",
            "example.com unspecified RECOVERED",
            "example.com unspecified STARTED",
            "example.com unspecified RECOVERED");
    assertThat(told).isEmpty();
  }

  @Test
  void changeOfTheModeShouldBeToldButNotTheFirstMode() throws InterruptedException {
    monitor.start();
    receive(MONDAY, "testing", 5, 0);
    receive(MONDAY.plusDays(1), "enforce", 5, 0);

    assertThat(next()).isEqualTo("example.com testing > enforce");
    assertThat(told).isEmpty();
  }

  @Test
  void firstReportOfADomainShouldBeToldOnce() throws InterruptedException {
    monitor.start();
    receive(MONDAY, "testing", 5, 0);
    receive(MONDAY.plusDays(1), "enforce", 5, 0);

    assertThat(next()).isEqualTo("example.com testing > enforce");
    assertThat(firstReports).containsExactly("example.com");
  }

  @Test
  void lossOfMailShouldBeToldWhenItBeginsAndWhenItCeases() throws InterruptedException {
    monitor.start();
    for (int day = 0; day < 3; day++) {
      clock.updateAndGet(now -> now.plus(Duration.ofDays(1)));
      receive(MONDAY.plusDays(day), "enforce", 5, 0);
    }
    receive(MONDAY.plusDays(3), "enforce", 5, 2);
    receive(MONDAY.plusDays(4), "enforce", 5, 0);

    assertThat(losses.poll(30, TimeUnit.SECONDS)).isTrue();
    assertThat(losses.poll(30, TimeUnit.SECONDS)).isFalse();
    assertThat(losses).isEmpty();
  }

  @Test
  void whatWasSoBeforeTheStartShouldNotBeTold() throws InterruptedException {
    receiveSilently(MONDAY, "enforce", 5, 2);
    monitor.start();
    receive(MONDAY, "enforce", 5, 1);
    receive(MONDAY.plusDays(1), "enforce", 5, 0);

    assertThat(next()).isEqualTo("example.com unspecified RECOVERED");
    assertThat(told).isEmpty();
  }

  @Test
  void whatIsShownLateShouldNotBeToldAsBegun() throws InterruptedException {
    monitor.start();
    // The domain is shown late, as when the database was locked at the start.
    receiveSilently(MONDAY, "enforce", 5, 2);
    Thread.sleep(PAUSE.multipliedBy(3));
    assertThat(told).isEmpty();
    receive(MONDAY.plusDays(1), "enforce", 5, 0);

    assertThat(next()).isEqualTo("example.com unspecified RECOVERED");
    assertThat(told).isEmpty();
  }

  @Test
  void timeAloneShouldEndWhatNobodyReports() throws InterruptedException {
    receiveSilently(MONDAY, "enforce", 5, 2);
    monitor.start();
    clock.updateAndGet(now -> now.plus(Duration.ofDays(9)));

    assertThat(next()).isEqualTo("example.com unspecified EXPIRED");
  }

  @Test
  void clockSetBackShouldTellNothingTwice() throws InterruptedException {
    receiveSilently(MONDAY, "enforce", 5, 2);
    monitor.start();
    clock.updateAndGet(now -> now.plus(Duration.ofHours(8 * 24 + 1)));
    assertThat(next()).isEqualTo("example.com unspecified EXPIRED");
    clock.updateAndGet(now -> now.minus(Duration.ofHours(20)));
    monitor.changed(new StateChange(state(), state()));

    assertThat(told.poll(1, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void listenerThatDoesNotReturnShouldCostNothing() throws InterruptedException {
    blocked = true;
    monitor.start();
    receive(MONDAY, "enforce", 5, 2);
    assertThat(next()).isEqualTo("example.com unspecified STARTED");
    for (int i = 1; i <= 3_000; i++) {
      receive(MONDAY.plusDays(i % 2 + 1), "enforce", 5, i % 2);
    }
    receive(MONDAY.plusDays(3), "enforce", 5, 0);
    blocked = false;
    mayReturn.countDown();

    // The queue had no room for all changes. The next scan tells what they came to.
    assertThat(next()).isEqualTo("example.com unspecified RECOVERED");
  }

  @Test
  void whatBeganInNewDomainsShouldBeToldThoughThereWasNoRoomForIt() throws InterruptedException {
    blocked = true;
    monitor.start();
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < 1_500; i++) {
      DomainName domain = new DomainName("d" + i + ".example.com");
      DomainState before = DomainState.of(domain);
      DomainState failing = plus(before, MONDAY, "enforce", 5, 2);
      states.put(domain, failing);
      monitor.changed(new StateChange(before, failing));
      expected.add(domain + " unspecified STARTED");
    }
    blocked = false;
    mayReturn.countDown();

    List<String> all = new ArrayList<>();
    while (all.size() < expected.size()) {
      all.add(next());
    }
    assertThat(all).doesNotHaveDuplicates().containsAll(expected);
    assertThat(told.poll(PAUSE.toMillis() * 3, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void domainWhoseTotalsHaveShrunkShouldNotFallSilent() throws InterruptedException {
    DomainState backup = plus(state(), MONDAY, "enforce", 5, 0);
    states.put(DOMAIN, backup);
    for (int i = 0; i < 3; i++) {
      receiveSilently(MONDAY, "enforce", 5, 0);
    }
    monitor.start();
    // As when somebody puts an older database in its place.
    states.put(DOMAIN, backup);
    Thread.sleep(PAUSE.multipliedBy(3));
    receive(MONDAY.plusDays(1), "enforce", 5, 2);

    assertThat(next()).isEqualTo("example.com unspecified STARTED");
  }

  @Test
  void listenerThatThrowsShouldNotEndTheTelling() throws InterruptedException {
    DomainMonitor angry =
        new DomainMonitor(
            states::values,
            domain -> true,
            RULES,
            clock::get,
            PAUSE,
            (event, after) -> {
              tell(event, after);
              throw new AssertionError("a listener's fault");
            });
    angry.start();
    DomainState before = DomainState.of(DOMAIN);
    DomainState failing = plus(before, MONDAY, "enforce", 5, 2);
    angry.changed(new StateChange(before, failing));
    angry.changed(new StateChange(failing, plus(failing, MONDAY.plusDays(1), "testing", 5, 0)));

    assertThat(next()).isEqualTo("example.com unspecified STARTED");
    assertThat(next()).isEqualTo("example.com unspecified RECOVERED");
    assertThat(next()).isEqualTo("example.com enforce > testing");
    angry.close();
  }

  /** Another server tells what its commits bring about. */
  @Test
  void changeByAnotherServerShouldNotBeTold() throws InterruptedException {
    monitor.start();
    own = false;
    receiveSilently(MONDAY, "enforce", 5, 2);
    Thread.sleep(PAUSE.multipliedBy(3));
    own = true;
    receive(MONDAY.plusDays(1), "enforce", 5, 0);

    assertThat(next()).isEqualTo("example.com unspecified RECOVERED");
    assertThat(told).isEmpty();
  }

  /** The other server's report may be in the state before ours though no look has seen it. */
  @Test
  void changeByAnotherServerShouldNotBeToldWithAChangeOfOurs() throws InterruptedException {
    receiveSilently(MONDAY, "enforce", 5, 0);
    monitor.start();
    receiveSilently(MONDAY.plusDays(1), "enforce", 5, 2);
    receive(MONDAY.plusDays(2), "testing", 5, 0);

    assertThat(next()).isEqualTo("example.com unspecified RECOVERED");
    assertThat(next()).isEqualTo("example.com enforce > testing");
    assertThat(told).isEmpty();
  }

  /** One server tells what time brings about: the one that committed last. */
  @Test
  void expiryInADomainOfAnotherServerShouldNotBeTold() throws InterruptedException {
    receiveSilently(MONDAY, "enforce", 5, 2);
    own = false;
    monitor.start();
    clock.set(clock.get().plus(Duration.ofDays(30)));
    Thread.sleep(PAUSE.multipliedBy(3));

    assertThat(told).isEmpty();
  }

  private void receive(LocalDate day, String mode, long successful, long failed) {
    DomainState before = state();
    receiveSilently(day, mode, successful, failed);
    monitor.changed(new StateChange(before, state()));
  }

  private void receiveSilently(LocalDate day, String mode, long successful, long failed) {
    states.put(DOMAIN, plus(state(), day, mode, successful, failed));
  }

  private DomainState state() {
    return states.getOrDefault(DOMAIN, DomainState.of(DOMAIN));
  }

  private DomainState plus(
      DomainState state, LocalDate day, String mode, long successful, long failed) {
    PolicyResult entry =
        new PolicyResult(
            new Policy(PolicyType.STS, List.of("mode: " + mode), Optional.of(DOMAIN), List.of()),
            new Summary(successful, failed),
            ReportedFailures.NONE);
    ReceivedReport report =
        new ReceivedReport(
            new DomainName("reporter.example"),
            clock.get(),
            new TlsReport(
                Optional.empty(),
                Optional.of(
                    new DateRange(
                        Instant.parse(day + "T00:00:00Z"), Instant.parse(day + "T23:59:59Z"))),
                "",
                Optional.empty(),
                Optional.of("1"),
                List.of(entry)),
            Duration.ofDays(400));
    return state.plus(
        Contribution.of(report, DOMAIN, List.of(entry)),
        report.receivedAt(),
        FailureWindow.DEFAULT);
  }

  private String next() throws InterruptedException {
    String next = told.poll(30, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }
}
