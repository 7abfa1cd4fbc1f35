// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.mailet;

import io.tlsrpt.dkim.Authenticator;
import io.tlsrpt.dkim.DkimAuthenticator;
import io.tlsrpt.dkim.GatewayAuthenticator;
import io.tlsrpt.dkim.KnownKeys;
import io.tlsrpt.dkim.OrganisationalDomain;
import io.tlsrpt.figures.DomainFigures;
import io.tlsrpt.figures.FailureWindow;
import io.tlsrpt.figures.ReportOutcome;
import io.tlsrpt.figures.ReporterLimit;
import io.tlsrpt.mailet.mime.BodyReader;
import io.tlsrpt.mailet.mime.ReportParts;
import io.tlsrpt.report.ReportParser;
import io.tlsrpt.store.SqlReportStore;
import io.tlsrpt.store.SqliteDatabase;
import io.tlsrpt.store.StoreHealth;
import io.tlsrpt.store.StoreLimits;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.management.MBeanServer;
import org.apache.mailet.Mail;

/** The receiver while it is open: its parts, put together. May be used by many threads at once. */
final class OpenReceiver implements AutoCloseable {
  private final InstantSource clock;
  private final MailReader reader;
  private final Optional<Authenticator> authenticator;
  private final ReportIntake intake;
  private final SqlReportStore store;
  private final ClockWatch clockWatch;
  private final ReceiverBoard board;
  private final Deferrals deferrals;
  private final Housekeeping housekeeping;

  /**
   * Puts it together.
   *
   * @param directory where it keeps what must outlive the process
   */
  private OpenReceiver(
      Settings settings,
      PolicyDomains ours,
      InstantSource clock,
      MBeanServer server,
      Path directory) {
    FailureWindow window = settings.failureWindow();
    this.clock = clock;
    CurrentDomains current = new CurrentDomains(settings.domains());
    this.reader = new MailReader(settings.limits().maxMessageSize());
    this.store =
        SqlReportStore.open(
            settings.database().orElseGet(() -> SqliteDatabase.of(directory.resolve("reports.db"))),
            new StoreLimits(
                settings.maxDomains(),
                new ReporterLimit(settings.maxReporters(), OrganisationalDomain::of),
                current::standing),
            window,
            settings.reporters()::accepts,
            clock);
    this.clockWatch = new ClockWatch(store, clock, System::nanoTime);
    this.board = openBoard(server, settings, current);
    KnownKeys knownKeys = new KnownKeys(clock);
    this.authenticator = authenticator(settings, knownKeys, clock, this::answered);
    this.intake =
        new ReportIntake(
            new MailReports(
                new ReportParts(settings.limits()),
                new BodyReader(new ReportParser(settings.limits())),
                window,
                settings.retention()),
            authenticator,
            knownKeys,
            settings.reporters(),
            ours,
            LargeReadings.ofHeap(
                Runtime.getRuntime().maxMemory(), settings.limits().maxReportSize()),
            store,
            board);
    this.deferrals = new Deferrals(directory.resolve("deferred"), intake, board, clock);
    this.housekeeping =
        new Housekeeping(
            store,
            new KnownReporters(knownKeys, store),
            board,
            clockWatch,
            ours,
            settings.retention(),
            deferrals::hasten);
  }

  /** Called by a query, of which there is none before all is put together. */
  private void answered(String key) {
    deferrals.answered(key);
  }

  private ReceiverBoard openBoard(MBeanServer server, Settings settings, CurrentDomains current) {
    try {
      return new ReceiverBoard(server, clock, clockWatch, settings, current, store);
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  /** Opens it; when that fails nothing is left behind. */
  static OpenReceiver open(
      Settings settings,
      PolicyDomains ours,
      InstantSource clock,
      MBeanServer server,
      Path directory) {
    OpenReceiver receiver = new OpenReceiver(settings, ours, clock, server, directory);
    try {
      receiver.housekeeping.start();
      receiver.board.startToTell();
      receiver.deferrals.open();
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
   * Judges a mail; never throws for what is in it, but lets an {@link OutOfMemoryError} pass.
   *
   * @throws NotJudgedException if the server cannot give it, or it must wait and cannot be kept
   */
  MailVerdict judge(Mail mail) throws NotJudgedException {
    Arrival arrival = new Arrival(mail.getName(), clock.instant());
    return switch (reader.read(mail, arrival)) {
      case MailReader.Reading.Unread(var why) -> MailVerdict.of(List.of(board.count(arrival, why)));
      case MailReader.Reading.Read(Envelope envelope) -> {
        MailVerdict verdict = MailVerdict.of(outcomes(envelope));
        board.recordMail(envelope, clock.instant());
        yield verdict;
      }
    };
  }

  private List<ReportOutcome> outcomes(Envelope mail) throws NotJudgedException {
    return switch (intake.accept(mail)) {
      case Judgement.Postponed why -> List.of(deferrals.defer(mail, why));
      case Judgement.Judged(List<ReportOutcome> outcomes) -> {
        board.count(mail.arrival(), outcomes);
        yield outcomes;
      }
    };
  }

  StoreHealth storeHealth() {
    return store.health();
  }

  /** What is wrong with the server's clock, if something is. */
  Optional<String> clockError() {
    return clockWatch.error();
  }

  /** The domains that are losing mail now. */
  List<DomainFigures> losingMail() {
    return board.figures().stream().filter(DomainFigures::losingMail).toList();
  }

  @Override
  public void close() {
    // The last two whatever happens to the others.
    try (store;
        board) {
      deferrals.close();
      housekeeping.close();
      authenticator.ifPresent(Authenticator::close);
    }
  }
}
