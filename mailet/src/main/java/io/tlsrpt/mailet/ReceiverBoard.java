// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.dkim.OrganisationalDomain;
import io.tlsrpt.figures.DeferralReason;
import io.tlsrpt.figures.DomainEvent;
import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.ReceiverState;
import io.tlsrpt.figures.RejectionReason;
import io.tlsrpt.figures.ReportHistory;
import io.tlsrpt.figures.ReportOutcome;
import io.tlsrpt.figures.ReportOutcome.Accepted;
import io.tlsrpt.figures.ReportOutcome.Deferred;
import io.tlsrpt.figures.ReportOutcome.Duplicate;
import io.tlsrpt.figures.ReportOutcome.Rejected;
import io.tlsrpt.jmx.FiguresSource;
import io.tlsrpt.jmx.IntakeStep;
import io.tlsrpt.jmx.JmxExporter;
import io.tlsrpt.jmx.ReceiverFigures;
import io.tlsrpt.jmx.ReceiverMeters;
import io.tlsrpt.report.Deviations;
import io.tlsrpt.report.PolicyDomain;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.management.MBeanServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the receiver shows of itself and of its domains. What is received and what became of it are
 * counted in one step, so that the one is always the sum of the other.
 */
final class ReceiverBoard implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(ReceiverBoard.class);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

  private final AtomicReference<ReceiverState> state;
  private final CurrentDomains ours;
  private final ClockWatch clock;
  private final UnknownDomains unknown;
  private final ReceiverMeters meters;
  private final JmxExporter beans;
  private final DomainWatch events;
  private final ReportStore store;

  /**
   * Registers the beans.
   *
   * @param clock for the receiver's own times
   * @param watch for the time of figures
   */
  ReceiverBoard(
      MBeanServer server,
      InstantSource clock,
      ClockWatch watch,
      Settings settings,
      CurrentDomains ours,
      ReportStore store) {
    this.clock = watch;
    this.ours = ours;
    this.store = store;
    unknown = new UnknownDomains(OrganisationalDomain::of);
    state = new AtomicReference<>(ReceiverState.startedAt(clock.instant()));
    beans = JmxExporter.open(server, settings.figuresRules(), new Source(settings));
    try {
      meters = new ReceiverMeters(server);
    } catch (RuntimeException | Error e) {
      beans.close();
      throw e;
    }
    events =
        new DomainWatch(
            () -> beans.shown().stream().map(store::domain).toList(),
            settings.figuresRules(),
            watch::now,
            BETWEEN_LOOKS,
            this::tell);
    store.listen(events::changed);
  }

  /** Whoever is told of a failure finds its bean. */
  private void tell(DomainEvent event, DomainState after) {
    show(List.of(event.domain()));
    beans.tell(event, after);
  }

  /** Begins to tell listeners what happens from now on. */
  void startToTell() {
    events.start();
  }

  private static Optional<String> error(StoreHealth health) {
    return switch (health) {
      case StoreHealth.Available available -> Optional.empty();
      case StoreHealth.Unavailable outage -> Optional.of(outage.error());
    };
  }

  /** Counts a report with its outcome. */
  ReportOutcome count(Arrival mail, ReportOutcome outcome) {
    count(mail, List.of(outcome));
    return outcome;
  }

  /** Counts the reports of a mail, all at once. */
  void count(Arrival mail, List<ReportOutcome> outcomes) {
    state.updateAndGet(counts -> plus(counts, mail, outcomes));
    tell(mail, outcomes);
  }

  /** Counts the reports of a mail that has waited as one. */
  void countAfterWait(Arrival mail, DeferralReason waitedFor, List<ReportOutcome> outcomes) {
    state.updateAndGet(counts -> plus(counts.minusDeferred(waitedFor), mail, outcomes));
    tell(mail, outcomes);
  }

  private static ReceiverState plus(
      ReceiverState before, Arrival mail, List<ReportOutcome> outcomes) {
    ReceiverState after = before;
    for (ReportOutcome outcome : outcomes) {
      after = after.plus(outcome, mail.receivedAt());
    }
    return after;
  }

  private void tell(Arrival mail, List<ReportOutcome> outcomes) {
    for (ReportOutcome outcome : outcomes) {
      meters.recordOutcome(outcome);
      log(mail, outcome);
    }
  }

  private static void log(Arrival mail, ReportOutcome outcome) {
    switch (outcome) {
      case Rejected(RejectionReason reason, String detail) ->
          LOGGER.info(
              "TLS report in mail {} rejected ({}): {}", mail.mailName(), reason.key(), detail);
      case Deferred(DeferralReason reason, String detail) ->
          LOGGER.info(
              "TLS report in mail {} deferred ({}): {}", mail.mailName(), reason.key(), detail);
      case Accepted(Deviations deviations, String leftOut) when !deviations.isEmpty() ->
          LOGGER.info(
              "TLS report in mail {} accepted with deviations: {}",
              mail.mailName(),
              leftOut.isEmpty() ? deviations : deviations + "; " + leftOut);
      case Accepted accepted -> LOGGER.debug("TLS report in mail {} accepted", mail.mailName());
      case Duplicate(Deviations deviations) when !deviations.isEmpty() ->
          LOGGER.info("TLS report in mail {}: duplicate, {}", mail.mailName(), deviations);
      case Duplicate duplicate -> LOGGER.debug("TLS report in mail {}: duplicate", mail.mailName());
    }
  }

  /**
   * Shows domains as they are now, and those no longer that the store has forgotten; what goes
   * wrong here no longer concerns a report.
   */
  void show(Collection<PolicyDomain> domains) {
    for (PolicyDomain domain : domains) {
      try {
        if (store.domain(domain).totals().reports() > 0) {
          beans.show(domain);
        } else {
          beans.hide(domain);
        }
      } catch (Throwable e) {
        LOGGER.error("The figures of {} are counted but cannot be shown", domain, e);
      }
    }
  }

  /** Shows those of some domains that are ours, and no longer whatever the store has forgotten. */
  void showOurs(Collection<PolicyDomain> known) {
    show(known.stream().filter(d -> ours.standing(d) != DomainStanding.NOT_OURS).toList());
    show(beans.shown());
  }

  /** Shows no longer what had to give its place to others. */
  void giveWay(Set<PolicyDomain> domains) {
    for (PolicyDomain domain : domains) {
      LOGGER.warn(
          "The figures of {} are forgotten: it is ours by a pattern only, and its place was needed",
          domain);
    }
    show(domains);
  }

  /** Shows no longer what is not ours now. */
  void serve(OurDomains now) {
    ours.look(now);
    beans.shown().stream().filter(now.negate()).forEach(beans::hide);
  }

  /** Whether a domain that is not ours looks like ours. */
  boolean isNearOurs(PolicyDomain domain) {
    return ours.isNearOurs(domain);
  }

  /** A report spoke of domains that are not ours. */
  void refuse(ForeignDomains foreign, String reporter) {
    unknown.refuse(foreign, reporter);
  }

  /** Does a step of the intake, and takes its time. */
  <T> T timed(IntakeStep step, Supplier<T> work) {
    return meters.timed(step, work);
  }

  /** The domains that are shown, as they are now, by name. */
  List<DomainFigures> figures() {
    return beans.shown().stream().sorted().map(beans::figures).toList();
  }

  /** Whether mails wait for the store, which may be back. */
  boolean waitsForStore() {
    return state.get().deferred(DeferralReason.STORE) > 0;
  }

  void recordReport(long bytes) {
    meters.recordReport(bytes);
  }

  void recordMail(Envelope mail, Instant end) {
    meters.recordMail(mail.mail().size(), Duration.between(mail.arrival().receivedAt(), end));
  }

  @Override
  public void close() {
    try (beans;
        meters) {
      events.close();
    }
  }

  /** Where the beans read. */
  private final class Source implements FiguresSource {
    private final Settings settings;

    Source(Settings settings) {
      this.settings = settings;
    }

    @Override
    public Instant now() {
      return clock.now();
    }

    @Override
    public DomainState domain(PolicyDomain domain) {
      return store.domain(domain);
    }

    @Override
    public ReceiverFigures receiver() {
      return new ReceiverFigures(
          state.get(),
          settings.maxDomains(),
          error(store.health()),
          clock.error(),
          unknown.last(),
          settings.dkim().key(),
          Version.CURRENT);
    }

    @Override
    public Collection<PolicyDomain> neverReported() {
      if (error(store.health()).isPresent() && store.domains().isEmpty()) {
        // Nothing has been read yet, so nothing is known.
        return List.of();
      }
      return ours.served().stream()
          // Not localhost and the like, to which nobody in the world sends.
          .filter(domain -> domain.value().contains("."))
          .filter(domain -> store.domain(domain).totals().reports() == 0)
          .toList();
    }

    @Override
    public ReportHistory history() {
      return store;
    }
  }
}
