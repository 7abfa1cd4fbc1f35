// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.figures.history.ReportHistory;
import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.figures.receiver.StepDuration;
import io.tlsrpt.figures.receiver.TlsDelivery;
import io.tlsrpt.receiver.domains.CurrentDomains;
import io.tlsrpt.receiver.intake.IntakeNotes;
import io.tlsrpt.receiver.port.ReceiverMeters;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.store.DomainStanding;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.view.ReceiverFigures;
import io.tlsrpt.view.RejectedMail;
import io.tlsrpt.view.WaitingMail;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The receiver's figures, as an exposure reads them. May be used by many threads at once. */
final class ReceiverView implements FiguresSource {
  private final Settings settings;
  private final ReceiverMeters meters;
  private final ReceiverCounts counts;
  private final ReportStore store;
  private final ClockWatch clock;
  private final CurrentDomains ours;
  private final IntakeNotes notes;
  private final Supplier<List<WaitingMail>> waiting;
  private final Postures postures;

  ReceiverView(
      Settings settings,
      ReceiverMeters meters,
      ReceiverCounts counts,
      ReportStore store,
      ClockWatch clock,
      CurrentDomains ours,
      IntakeNotes notes,
      Supplier<List<WaitingMail>> waiting,
      Postures postures) {
    this.settings = settings;
    this.meters = meters;
    this.counts = counts;
    this.store = store;
    this.clock = clock;
    this.ours = ours;
    this.notes = notes;
    this.waiting = waiting;
    this.postures = postures;
  }

  @Override
  public Instant now() {
    return clock.now();
  }

  @Override
  public FiguresRules rules() {
    return settings.figuresRules();
  }

  @Override
  public Collection<DomainState> domains() {
    return store.domains().stream()
        .filter(state -> state.totals().reports() > 0)
        .filter(state -> ours.standing(state.domain()) != DomainStanding.NOT_OURS)
        .toList();
  }

  @Override
  public DomainState domain(DomainName domain) {
    return store.domain(domain);
  }

  @Override
  public Collection<DomainName> named() {
    return ours.named().stream().sorted().limit(settings.maxDomains()).toList();
  }

  @Override
  public boolean isOurs(DomainName domain) {
    return ours.standing(domain) != DomainStanding.NOT_OURS;
  }

  @Override
  public Postures postures() {
    return postures;
  }

  @Override
  public boolean isOwn(DomainName domain) {
    return store.isOwn(domain);
  }

  @Override
  public ReceiverFigures receiver() {
    return new ReceiverFigures(
        counts.state(),
        store.revision(),
        settings.maxDomains(),
        error(store.health()),
        clock.error().or(store::clockError),
        notes.unknown().last(),
        settings.dkim().key(),
        Version.CURRENT);
  }

  @Override
  public Collection<DomainName> neverReported() {
    if (error(store.health()).isPresent() && store.domains().isEmpty()) {
      // The database has not been read yet, so nobody knows which domains have reports.
      return List.of();
    }
    return ours.served().stream()
        .filter(CurrentDomains::takesMailOfOthers)
        .filter(domain -> store.domain(domain).totals().reports() == 0)
        .toList();
  }

  @Override
  public List<StepDuration> stepDurations() {
    return meters.stepDurations();
  }

  @Override
  public List<RejectedMail> lastRejections() {
    return counts.lastRejections();
  }

  @Override
  public List<WaitingMail> waiting() {
    return waiting.get();
  }

  @Override
  public Optional<TlsDelivery> lastDelivery(DomainName reporter) {
    // Behind a gateway, TLS was the gateway's.
    return settings.trustedAuthservId().isPresent()
        ? Optional.empty()
        : notes.deliveries().last(reporter);
  }

  @Override
  public ReportHistory history() {
    return store;
  }

  private static Optional<String> error(StoreHealth health) {
    return switch (health) {
      case StoreHealth.Available available -> Optional.empty();
      case StoreHealth.Unavailable outage -> Optional.of(outage.error());
    };
  }
}
