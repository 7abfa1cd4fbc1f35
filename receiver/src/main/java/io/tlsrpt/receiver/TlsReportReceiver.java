// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import io.tlsrpt.dkim.Authenticator;
import io.tlsrpt.dkim.DkimAuthenticator;
import io.tlsrpt.dkim.GatewayAuthenticator;
import io.tlsrpt.dkim.KnownKeys;
import io.tlsrpt.dns.OrganisationalDomain;
import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.DomainState;
import io.tlsrpt.figures.FiguresRules;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.figures.event.DomainEvent;
import io.tlsrpt.figures.posture.PostureListener;
import io.tlsrpt.figures.receiver.ReportOutcome;
import io.tlsrpt.figures.receiver.ReportOutcome.Rejected;
import io.tlsrpt.message.RawMail;
import io.tlsrpt.receiver.domains.CurrentDomains;
import io.tlsrpt.receiver.domains.PolicyDomains;
import io.tlsrpt.receiver.domains.ShownDomains;
import io.tlsrpt.receiver.intake.Arrival;
import io.tlsrpt.receiver.intake.Authentication;
import io.tlsrpt.receiver.intake.DomainFilter;
import io.tlsrpt.receiver.intake.Envelope;
import io.tlsrpt.receiver.intake.IntakeNotes;
import io.tlsrpt.receiver.intake.IntakeResult;
import io.tlsrpt.receiver.intake.LargeReadings;
import io.tlsrpt.receiver.intake.MailReports;
import io.tlsrpt.receiver.intake.ReportCommit;
import io.tlsrpt.receiver.intake.ReportIntake;
import io.tlsrpt.receiver.mime.BodyReader;
import io.tlsrpt.receiver.mime.ReportParts;
import io.tlsrpt.receiver.port.DomainListener;
import io.tlsrpt.receiver.port.Exposure;
import io.tlsrpt.receiver.port.ReceiverMeters;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.report.parser.ReportParser;
import io.tlsrpt.store.ReportStore;
import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.store.StoreLimits;
import io.tlsrpt.store.StoreRules;
import io.tlsrpt.store.url.DatabaseUrl;
import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.view.WaitingMail;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A receiver of TLS reports (RFC 8460) while it is open: takes mails, believes the authentic ones,
 * remembers what they report, and has it shown. It knows neither the mail server nor who shows its
 * figures. May be used by many threads at once.
 *
 * {@snippet :
 * try (TlsReportReceiver receiver =
 *     TlsReportReceiver.open(
 *         settings,
 *         new Surroundings(served, clock, directory, meters, Postures.NONE),
 *         source -> exposure,
 *         source -> DomainListener.NONE)) {
 *   MailOutcome verdict = receiver.accept(new Arrival("mail-1", clock.instant()), octets);
 * }
 * }
 */
public final class TlsReportReceiver implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final FiguresRules rules;
  private final Optional<Authenticator> authenticator;
  private final ReportIntake intake;
  private final ReportStore store;
  private final ClockWatch clockWatch;
  private final ReceiverMeters meters;
  private final ReceiverCounts counts;
  private final FiguresSource view;
  private final Exposure exposure;
  private final DomainListener listener;
  private final ShownDomains shown;
  private final DomainMonitor events;
  private final OtherServers otherServers;
  private final DeferralPolicy deferralPolicy;
  private final Housekeeping housekeeping;

  private TlsReportReceiver(
      Settings settings,
      Surroundings around,
      Function<FiguresSource, Exposure> exposing,
      Function<FiguresSource, DomainListener> listening) {
    this.clock = around.clock();
    this.meters = around.meters();
    this.rules = settings.figuresRules();
    CurrentDomains current = new CurrentDomains(settings.domains(), around.postures()::ownHosts);
    this.store =
        closingOnFailure(meters, () -> openStore(settings, current, clock, around.directory()));
    this.clockWatch = new ClockWatch(store, clock, System::nanoTime);
    this.counts = new ReceiverCounts(clock.instant(), meters);
    IntakeNotes notes = IntakeNotes.none();
    this.view =
        new ReceiverView(
            settings,
            meters,
            counts,
            store,
            clockWatch,
            current,
            notes,
            this::waiting,
            around.postures());
    this.exposure = expose(exposing, view);
    try {
      this.listener = listening.apply(view);
      this.shown = new ShownDomains(exposure, current, store);
      this.events =
          new DomainMonitor(
              shown::states, store::isOwn, rules, clockWatch::now, BETWEEN_LOOKS, this::tell);
      this.otherServers = new OtherServers(store, shown);
      store.listen(events::changed);
      KnownKeys knownKeys = new KnownKeys(clock);
      this.authenticator = authenticator(settings, knownKeys, clock, this::answered);
      PolicyDomains ours =
          new PolicyDomains(around.served(), settings.domains(), around.postures()::ownHosts);
      this.intake = intake(settings, knownKeys, new DomainFilter(ours, current::isNearOurs), notes);
      Path deferred = around.directory().resolve("deferred");
      this.deferralPolicy =
          new DeferralPolicy(
              deferred,
              store.isShared() ? deferred.resolve(ThisNode.fileName(around.directory())) : deferred,
              intake,
              counts,
              clock);
      this.housekeeping = housekeeping(settings, knownKeys, ours);
    } catch (RuntimeException | Error e) {
      try (store;
          meters;
          exposure) {
        throw e;
      }
    }
  }

  /** Nobody asks before the constructor is done. */
  private List<WaitingMail> waiting() {
    return deferralPolicy.waiting();
  }

  private Housekeeping housekeeping(Settings settings, KnownKeys knownKeys, PolicyDomains ours) {
    return new Housekeeping(
        store,
        new KnownReporters(knownKeys, store),
        shown,
        counts::waitsForStore,
        clockWatch,
        ours,
        settings.retention(),
        deferralPolicy::retryNow);
  }

  private ReportIntake intake(
      Settings settings, KnownKeys knownKeys, DomainFilter domains, IntakeNotes notes) {
    return new ReportIntake(
        new MailReports(
            new ReportParts(settings.limits()),
            new BodyReader(new ReportParser(settings.limits())),
            settings.failureWindow(),
            settings.retention()),
        new Authentication(authenticator, settings.reporters(), meters),
        LargeReadings.ofHeap(Runtime.getRuntime().maxMemory(), settings.limits().maxReportSize()),
        domains,
        new ReportCommit(store, shown, knownKeys, notes.deliveries(), meters),
        notes.unknown(),
        knownKeys,
        meters);
  }

  private static ReportStore openStore(
      Settings settings, CurrentDomains current, InstantSource clock, Path directory) {
    return settings
        .database()
        .orElseGet(() -> DatabaseUrl.in(directory))
        .open(
            new StoreRules(
                new StoreLimits(
                    settings.maxDomains(),
                    new ReporterLimit(settings.maxReporters(), OrganisationalDomain::of),
                    current::standing),
                settings.failureWindow(),
                settings.reporters()::accepts),
            ThisNode.of(settings, directory),
            clock);
  }

  private static <T> T closingOnFailure(ReceiverMeters meters, Supplier<T> opening) {
    try {
      return opening.get();
    } catch (RuntimeException | Error e) {
      try (meters) {
        throw e;
      }
    }
  }

  private Exposure expose(Function<FiguresSource, Exposure> exposing, FiguresSource view) {
    try {
      return exposing.apply(view);
    } catch (RuntimeException | Error e) {
      try (store;
          meters) {
        throw e;
      }
    }
  }

  /** Called when a DNS query ends. No query begins before the constructor is done. */
  private void answered(String key) {
    deferralPolicy.answered(key);
  }

  /** Shows a failure before its event is told, so that a listener finds what the event names. */
  private void tell(DomainEvent event, DomainState after) {
    shown.show(List.of(event.domain()));
    listener.tell(event, after);
    exposure.tell(event, after);
  }

  /**
   * Opens a receiver; if that fails, all that was opened is closed again.
   *
   * @param exposing makes what shows the figures; it is closed before the store
   * @param listening makes what is told of events besides; it is closed before the store, but not
   *     if opening fails before it is started
   */
  public static TlsReportReceiver open(
      Settings settings,
      Surroundings around,
      Function<FiguresSource, Exposure> exposing,
      Function<FiguresSource, DomainListener> listening) {
    TlsReportReceiver receiver = new TlsReportReceiver(settings, around, exposing, listening);
    try {
      EarlierFile.tell(receiver.store, around.directory());
      receiver.housekeeping.start();
      receiver.listener.start();
      receiver.events.start();
      receiver.otherServers.start();
      receiver.deferralPolicy.open();
      return receiver;
    } catch (RuntimeException | Error e) {
      receiver.close();
      throw e;
    }
  }

  private static Optional<Authenticator> authenticator(
      Settings settings, KnownKeys knownKeys, InstantSource clock, Consumer<String> answered) {
    return switch (settings.dkim()) {
      case OFF -> Optional.empty();
      case REQUIRED ->
          settings
              .trustedAuthservId()
              .<Authenticator>map(GatewayAuthenticator::new)
              .or(() -> Optional.of(DkimAuthenticator.withServersDns(knownKeys, clock, answered)));
    };
  }

  /**
   * Takes a mail in; never throws for what is in it, but lets an {@link OutOfMemoryError} pass.
   *
   * @throws NotKeptException if the mail must wait and cannot be written to disk
   */
  public MailOutcome accept(Arrival arrival, RawMail octets) throws NotKeptException {
    Envelope mail = Envelope.fromServer(arrival, octets);
    MailOutcome verdict = MailOutcome.of(outcomes(mail));
    meters.recordMail(octets.size(), Duration.between(arrival.receivedAt(), clock.instant()));
    return verdict;
  }

  private List<ReportOutcome> outcomes(Envelope mail) throws NotKeptException {
    return switch (intake.accept(mail)) {
      case IntakeResult.Postponed why -> List.of(deferralPolicy.defer(mail, why));
      case IntakeResult.Judged(List<ReportOutcome> outcomes) -> {
        counts.add(mail.arrival(), outcomes);
        yield outcomes;
      }
    };
  }

  /** Counts a mail whose octets were not taken, for a reason of the mail's own. */
  public MailOutcome reject(Arrival arrival, Rejected why) {
    return MailOutcome.of(List.of(counts.add(arrival, why)));
  }

  /** Whom to tell what is seen of the domains by looking at them. */
  public PostureListener postures() {
    return new ToldPostures(exposure.postures(), listener);
  }

  /** What may be asked of it, as long as it is open. */
  public FiguresSource figures() {
    return view;
  }

  /** Whether reports can be stored. */
  public StoreHealth storeHealth() {
    return store.health();
  }

  /** What is wrong with the server's clock, if something is. */
  public Optional<String> clockError() {
    return clockWatch.error().or(store::clockError);
  }

  /** The domains that are losing mail now, by name. */
  public List<DomainFigures> losingMail() {
    return shown.states().stream()
        .sorted(Comparator.<DomainState, DomainName>comparing(DomainState::domain))
        .map(state -> state.figures(clockWatch.now(), rules))
        .filter(DomainFigures::losingMail)
        .toList();
  }

  @Override
  public void close() {
    // try-with-resources closes these in reverse order, and each even if the others throw.
    try (store;
        meters;
        exposure;
        listener;
        events;
        otherServers) {
      deferralPolicy.close();
      housekeeping.close();
      authenticator.ifPresent(Authenticator::close);
    }
  }
}
